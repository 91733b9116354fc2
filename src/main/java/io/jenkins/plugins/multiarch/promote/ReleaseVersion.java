package io.jenkins.plugins.multiarch.promote;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Semantic Versioning 2.0.0, with or without a leading {@code v}; what stands behind {@code +} says nothing
 * about order.
 */
record ReleaseVersion(List<Long> numbers, String prerelease) implements Comparable<ReleaseVersion> {
    private static final String IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
    private static final Pattern GRAMMAR = Pattern.compile(
            "v?([0-9]{1,18})\\.([0-9]{1,18})\\.([0-9]{1,18})(?:-(" + IDENTIFIERS + "))?(?:[+]" + IDENTIFIERS + ")?");

    /** Nothing where it is no whole version, such as {@code 1.4}. */
    static Optional<ReleaseVersion> read(String text) {
        Matcher version = GRAMMAR.matcher(text.strip());
        if (!version.matches()) {
            return Optional.empty();
        }
        List<Long> numbers = List.of(number(version, 1), number(version, 2), number(version, 3));
        return Optional.of(new ReleaseVersion(numbers, version.group(4) == null ? "" : version.group(4)));
    }

    private static long number(Matcher version, int group) {
        return Long.parseLong(version.group(group));
    }

    boolean isStable() {
        return prerelease.isEmpty();
    }

    @Override
    public int compareTo(ReleaseVersion other) {
        for (int i = 0; i < numbers.size(); i++) {
            int difference = numbers.get(i).compareTo(other.numbers.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        if (isStable() || other.isStable()) {
            return Boolean.compare(isStable(), other.isStable());
        }
        return compareIdentifiers(prerelease.split("\\.", -1), other.prerelease.split("\\.", -1));
    }

    private static int compareIdentifiers(String[] ours, String[] theirs) {
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            int difference = compareIdentifier(ours[i], theirs[i]);
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(ours.length, theirs.length);
    }

    /** Numbers by their value and before all words (section 11.4). */
    private static int compareIdentifier(String ours, String theirs) {
        boolean number = ours.matches("[0-9]{1,18}");
        if (number != theirs.matches("[0-9]{1,18}")) {
            return number ? -1 : 1;
        }
        return number ? Long.compare(Long.parseLong(ours), Long.parseLong(theirs)) : ours.compareTo(theirs);
    }

    @Override
    public String toString() {
        return numbers.get(0) + "." + numbers.get(1) + "." + numbers.get(2) + (isStable() ? "" : "-" + prerelease);
    }
}
