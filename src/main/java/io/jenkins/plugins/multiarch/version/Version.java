package io.jenkins.plugins.multiarch.version;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of semantic versioning 2.0 (semver.org), with or without a leading v.
 *
 * <p>The order is that of its clause 11: what is said of the build counts for nothing, so two that are not equal may still be
 * of the same rank.
 *
 * @param raw as it was written
 * @param numbers major, minor and patch, as digits without a leading zero
 * @param prerelease its parts, for example {@code rc} and {@code 1}
 */
public record Version(String raw, List<String> numbers, List<String> prerelease)
        implements ReleaseVersion, Comparable<Version> {
    /** Characters. */
    private static final int MAX_LENGTH = 256;

    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String PART = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final Pattern GRAMMAR = Pattern.compile("v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-("
            + PART + "(?:\\." + PART + ")*+))?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*+)?");

    private static final Pattern PADDED = Pattern.compile("(v?)0*([0-9]+)\\.0*([0-9]+)\\.0*([0-9]+)([^0-9].*)?");

    public Version {
        numbers = List.copyOf(numbers);
        prerelease = List.copyOf(prerelease);
    }

    /** Reads a version, where it is one. */
    public static Optional<Version> read(String text) {
        String written = text.strip();
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = GRAMMAR.matcher(written);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String prerelease = matcher.group(4);
        return Optional.of(new Version(
                written,
                List.of(matcher.group(1), matcher.group(2), matcher.group(3)),
                prerelease == null ? List.of() : Arrays.asList(prerelease.split("\\."))));
    }

    /** As {@link #read}, of one whose numbers may be padded: {@code 2026.01.05}, which is {@code 2026.1.5}. */
    public static Optional<Version> readPadded(String text) {
        Matcher padded = PADDED.matcher(text.strip());
        return padded.matches() ? read(padded.replaceFirst("$1$2.$3.$4$5")) : Optional.empty();
    }

    @Override
    public String text() {
        return String.join(".", numbers) + (prerelease.isEmpty() ? "" : "-" + String.join(".", prerelease));
    }

    @Override
    public boolean isPrerelease() {
        return !prerelease.isEmpty();
    }

    @Override
    public boolean isPlain() {
        return prerelease.isEmpty();
    }

    @Override
    public Optional<String> part(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "raw" -> raw;
                    case "version" -> text();
                    case "major" -> numbers.get(0);
                    case "minor" -> numbers.get(1);
                    case "patch" -> numbers.get(2);
                    default -> null;
                });
    }

    @Override
    public boolean isHigherThan(ReleaseVersion other) {
        return other instanceof Version version && compareTo(version) > 0;
    }

    /** By rank alone: below zero, zero or above zero. */
    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < numbers.size(); i++) {
            int order = compareNumbers(numbers.get(i), other.numbers.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
            int order = compareParts(prerelease.get(i), other.prerelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    /** Numbers rank below names. */
    private static int compareParts(String one, String other) {
        boolean isNumber = isNumber(one);
        if (isNumber != isNumber(other)) {
            return isNumber ? -1 : 1;
        }
        return isNumber ? compareNumbers(one, other) : one.compareTo(other);
    }

    private static boolean isNumber(String part) {
        return part.chars().allMatch(c -> '0' <= c && c <= '9');
    }

    /** Digits without leading zeros, of any length. */
    private static int compareNumbers(String one, String other) {
        int order = Integer.compare(one.length(), other.length());
        return order != 0 ? order : one.compareTo(other);
    }

    @Override
    public String toString() {
        return text();
    }
}
