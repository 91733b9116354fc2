package io.jenkins.plugins.multiarch.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a registry wants to be asked, out of a {@code WWW-Authenticate} header (RFC 9110, section 11.6.1): parameters in
 * any order, quoted or not, several challenges in one header or in several.
 *
 * @param scheme in lower case
 * @param parameters by lower-case name
 */
record Challenge(String scheme, Map<String, String> parameters) {

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    static List<Challenge> parseAll(List<String> headers) {
        List<Challenge> all = new ArrayList<>();
        headers.forEach(header -> new Reader(header).readInto(all));
        return List.copyOf(all);
    }

    /** Reads one header from left to right; what it does not understand it skips. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void readInto(List<Challenge> all) {
            Challenge current = null;
            while (at < text.length()) {
                String word = token();
                if (word.isEmpty()) {
                    at++;
                } else if (current != null && nextIs('=')) {
                    at = text.indexOf('=', at) + 1;
                    current.parameters.put(word.toLowerCase(Locale.ROOT), value());
                } else {
                    current = new Challenge(word.toLowerCase(Locale.ROOT), new TreeMap<>());
                    all.add(current);
                }
            }
        }

        private String token() {
            int start = at;
            while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private boolean nextIs(char expected) {
            int next = at;
            while (next < text.length() && text.charAt(next) == ' ') {
                next++;
            }
            return next < text.length() && text.charAt(next) == expected;
        }

        private String value() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            return at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                value.append(text.charAt(at));
            }
            at++;
            return value.toString();
        }
    }
}
