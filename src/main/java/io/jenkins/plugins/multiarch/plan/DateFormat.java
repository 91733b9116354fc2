package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes dates as moment does (momentjs.com, "Format"), for docker/metadata-action's rules are written that way. */
final class DateFormat {
    /** As moment splits them; longest first, for the first that fits is taken. What fits none is text. */
    private static final Pattern TOKEN =
            Pattern.compile("\\[([^\\[\\]]*)]|\\\\(.)|([Hh]mm(?:ss)?|Mo|M{1,4}|Do|DDDo|D{1,4}|d{2,4}|do?"
                    + "|w[ow]?|W[oW]?|Qo?|N{1,5}|YYYYYY|YYYYY|YYYY|YY?|y{2,4}|yo?|ggggg|gggg|gg|GGGGG|GGGG|GG|e|E|a|A|hh?|HH?|kk?"
                    + "|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|LTS|LT|L{1,4}|l{1,4})");

    /** What stands for several others, as in moment's English. */
    private static final Map<String, String> LONG = Map.ofEntries(
            Map.entry("hmm", "h[]mm"),
            Map.entry("hmmss", "h[]mm[]ss"),
            Map.entry("Hmm", "H[]mm"),
            Map.entry("Hmmss", "H[]mm[]ss"),
            Map.entry("LT", "h:mm A"),
            Map.entry("LTS", "h:mm:ss A"),
            Map.entry("L", "MM/DD/YYYY"),
            Map.entry("LL", "MMMM D, YYYY"),
            Map.entry("LLL", "MMMM D, YYYY h:mm A"),
            Map.entry("LLLL", "dddd, MMMM D, YYYY h:mm A"),
            Map.entry("l", "M/D/YYYY"),
            Map.entry("ll", "MMM D, YYYY"),
            Map.entry("lll", "MMM D, YYYY h:mm A"),
            Map.entry("llll", "ddd, MMM D, YYYY h:mm A"));

    /** How Java writes the same; what it has nothing for is written here. */
    private static final Map<String, String> JAVA = Map.ofEntries(
            Map.entry("YYYY", "uuuu"),
            Map.entry("Y", "uuuu"),
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
            Map.entry("kk", "kk"),
            Map.entry("k", "k"),
            Map.entry("hh", "hh"),
            Map.entry("h", "h"),
            Map.entry("mm", "mm"),
            Map.entry("m", "m"),
            Map.entry("ss", "ss"),
            Map.entry("s", "s"),
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
        return written(local, format);
    }

    private static String written(ZonedDateTime date, String format) {
        return TOKEN.matcher(format).replaceAll(found -> Matcher.quoteReplacement(part(date, found)));
    }

    private static String part(ZonedDateTime date, MatchResult found) {
        if (found.group(3) == null) {
            return found.group(1) == null ? found.group(2) : found.group(1);
        }
        String token = found.group(3);
        if (LONG.containsKey(token)) {
            return written(date, LONG.get(token));
        }
        if (JAVA.containsKey(token)) {
            return DateTimeFormatter.ofPattern(JAVA.get(token), Locale.ENGLISH).format(date);
        }
        if (token.startsWith("S")) {
            return String.format(Locale.ROOT, "%03d000000", date.getNano() / 1_000_000)
                    .substring(0, token.length());
        }
        return number(date, token);
    }

    private static String number(ZonedDateTime date, String token) {
        return switch (token) {
            case "YYYYY" -> padded(date.getYear(), 5);
            case "YYYYYY" -> "+" + padded(date.getYear(), 6);
            case "Qo" -> ordinal(date.get(IsoFields.QUARTER_OF_YEAR));
            case "Mo" -> ordinal(date.getMonthValue());
            case "Do" -> ordinal(date.getDayOfMonth());
            case "DDDo" -> ordinal(date.getDayOfYear());
            case "d", "e" -> String.valueOf(fromSunday(date));
            case "do" -> ordinal(fromSunday(date));
            case "dd" -> written(date, "ddd").substring(0, 2);
            case "E" -> String.valueOf(date.getDayOfWeek().getValue());
            case "a" -> written(date, "A").toLowerCase(Locale.ROOT);
            case "X" -> String.valueOf(date.toEpochSecond());
            case "x" -> String.valueOf(date.toInstant().toEpochMilli());
            case "w", "wo", "ww" -> week(token, date.get(WeekFields.SUNDAY_START.weekOfWeekBasedYear()));
            case "W", "Wo", "WW" -> week(token, date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "gg", "gggg", "ggggg" -> weekYear(token, date.get(WeekFields.SUNDAY_START.weekBasedYear()));
            case "GG", "GGGG", "GGGGG" -> weekYear(token, date.get(IsoFields.WEEK_BASED_YEAR));
            default ->
                throw new ReleaseException(
                        "'" + token + "' is not a part of a date that is known here.",
                        "Put text into brackets, as in YYYY[y]MM; docs/release-plan.md names the parts that are not"
                                + " known.");
        };
    }

    /** From Sunday, which is zero. */
    private static int fromSunday(ZonedDateTime date) {
        return date.getDayOfWeek().getValue() % DayOfWeek.values().length;
    }

    private static String week(String token, int week) {
        return token.endsWith("o") ? ordinal(week) : padded(week, token.length());
    }

    private static String weekYear(String token, int year) {
        return token.length() == 2 ? padded(year % 100, 2) : padded(year, token.length());
    }

    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static String ordinal(int number) {
        boolean isTeen = number / 10 % 10 == 1;
        return number
                + switch (isTeen ? 0 : number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
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
