package io.jenkins.plugins.multiarch.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of a TOML file (toml.io 1.0) that stand on a line of their own, {@code key = "text"}, by table and key. Other values
 * are passed over, so that what looks like a key inside a text of many lines is not taken for one.
 */
final class TomlTexts implements KeyedTexts {
    private static final String KEY = "(?:[A-Za-z0-9_-]+|\"[^\"\\\\]*\"|'[^']*')";
    private static final String KEYS = KEY + "(?:[ \\t]*\\.[ \\t]*" + KEY + ")*";
    private static final Pattern TABLE = Pattern.compile("\\[[ \\t]*(" + KEYS + ")[ \\t]*\\][ \\t]*(?:#.*)?");
    private static final Pattern TABLES = Pattern.compile("\\[\\[.*");
    private static final Pattern ENTRY = Pattern.compile("(" + KEYS + ")[ \\t]*=[ \\t]*(.*)");
    private static final Pattern TEXT = Pattern.compile("(?:\"([^\"\\\\]*)\"|'([^']*)')[ \\t]*(?:#.*)?");
    /** Characters of a line that are looked at. */
    private static final int MAX_LINE = 1_000;

    private final Map<String, String> texts = new HashMap<>();

    TomlTexts(String content) {
        String table = "";
        /* What ends the text of many lines that we are in, or empty. */
        String end = "";
        for (String whole : content.lines().toList()) {
            String line = whole.strip();
            if (!end.isEmpty()) {
                end = line.contains(end) ? "" : end;
                continue;
            }
            if (line.length() > MAX_LINE) {
                continue;
            }
            Matcher header = TABLE.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (header.matches()) {
                table = plain(header.group(1)) + ".";
            } else if (TABLES.matcher(line).matches()) {
                table = "\n";
            } else if (entry.matches()) {
                end = opened(entry.group(2));
                take(table + plain(entry.group(1)), entry.group(2));
            } else {
                end = opened(line);
            }
        }
    }

    private void take(String key, String value) {
        Matcher text = TEXT.matcher(value);
        if (text.matches()) {
            texts.putIfAbsent(key, text.group(1) == null ? text.group(2) : text.group(1));
        }
    }

    private static String plain(String keys) {
        return keys.replaceAll("[ \\t\"']", "");
    }

    /** The quotes of a text of many lines that a line opens and does not close. */
    private static String opened(String line) {
        for (String quotes : new String[] {"\"\"\"", "'''"}) {
            int start = line.indexOf(quotes);
            if (start >= 0 && !line.substring(start + quotes.length()).contains(quotes)) {
                return quotes;
            }
        }
        return "";
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(texts.get(key));
    }
}
