package io.jenkins.plugins.multiarch.retention;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A name as people sort it: numbers by their value, before letters. */
record NaturalName(List<String> parts) implements Comparable<NaturalName> {
    private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");

    static NaturalName of(String name) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(name);
        while (matcher.find()) {
            parts.add(matcher.group());
        }
        return new NaturalName(List.copyOf(parts));
    }

    @Override
    public int compareTo(NaturalName other) {
        for (int i = 0; i < Math.min(parts.size(), other.parts.size()); i++) {
            int order = compare(parts.get(i), other.parts.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(parts.size(), other.parts.size());
    }

    private static int compare(String one, String other) {
        boolean number = isNumber(one);
        if (number != isNumber(other)) {
            return number ? -1 : 1;
        }
        return number ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
    }

    private static boolean isNumber(String part) {
        return part.charAt(0) >= '0' && part.charAt(0) <= '9';
    }
}
