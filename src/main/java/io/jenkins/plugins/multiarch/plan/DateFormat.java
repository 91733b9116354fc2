package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes dates as moment does (momentjs.com, "Format"), for docker/metadata-action's rules are written that way. */
final class DateFormat {
    /** Longest first, for the first that fits is taken. */
    private static final Pattern TOKEN =
            Pattern.compile("\\[([^\\[\\]]*)]|YYYY|YY|Q|MMMM|MMM|MM|M|DDDD|DDD|DD|D|dddd|ddd|E"
                    + "|GGGG|WW|W|HH|H|hh|h|mm|m|SSS|ss|s|A|a|ZZ|Z|X|x");

    /** How Java writes the same; what it has nothing for is written here. */
    private static final Map<String, String> JAVA = Map.ofEntries(
            Map.entry("YYYY", "uuuu"),
            Map.entry("YY", "uu"),
            Map.entry("MMMM", "MMMM"),
            Map.entry("MMM", "MMM"),
            Map.entry("MM", "MM"),
            Map.entry("M", "M"),
            Map.entry("Q", "Q"),
            Map.entry("DDDD", "DDD"),
            Map.entry("DDD", "D"),
            Map.entry("DD", "dd"),
            Map.entry("D", "d"),
            Map.entry("dddd", "EEEE"),
            Map.entry("ddd", "EEE"),
            Map.entry("HH", "HH"),
            Map.entry("H", "H"),
            Map.entry("hh", "hh"),
            Map.entry("h", "h"),
            Map.entry("mm", "mm"),
            Map.entry("m", "m"),
            Map.entry("ss", "ss"),
            Map.entry("s", "s"),
            Map.entry("SSS", "SSS"),
            Map.entry("A", "a"),
            Map.entry("Z", "xxx"),
            Map.entry("ZZ", "xx"));

    private DateFormat() {}

    /** @param zone for example {@code Asia/Tokyo}; UTC where it is empty */
    static String write(Instant date, String format, String zone) {
        ZonedDateTime local = date.atZone(zone(zone));
        if (format.isEmpty()) {
            return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ENGLISH)
                    .format(local);
        }
        return TOKEN.matcher(format)
                .replaceAll(token -> Matcher.quoteReplacement(part(local, token.group(), token.group(1))));
    }

    private static String part(ZonedDateTime local, String token, String quoted) {
        if (quoted != null) {
            return quoted;
        }
        return switch (token) {
            case "E" -> String.valueOf(local.getDayOfWeek().getValue());
            case "GGGG" -> String.valueOf(local.get(IsoFields.WEEK_BASED_YEAR));
            case "W" -> String.valueOf(local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "WW" -> String.format(Locale.ROOT, "%02d", local.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "a" -> part(local, "A", null).toLowerCase(Locale.ROOT);
            case "X" -> String.valueOf(local.toEpochSecond());
            case "x" -> String.valueOf(local.toInstant().toEpochMilli());
            default ->
                DateTimeFormatter.ofPattern(JAVA.get(token), Locale.ENGLISH).format(local);
        };
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone.isEmpty() ? "UTC" : zone);
        } catch (DateTimeException e) {
            throw new ReleaseException(
                    "'" + Shown.of(zone) + "' is not a time zone.",
                    "Write one as in Europe/Berlin, or leave tz out for UTC.");
        }
    }
}
