package io.jenkins.plugins.multiarch.version;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Python packages (PEP 440), in any of the spellings that it allows.
 *
 * @param raw as it was written
 * @param epoch zero, as a rule
 * @param release at least one number
 * @param pre {@code a}, {@code b} or {@code rc} with its number, or empty
 * @param post the number of the post-release
 * @param dev the number of the development release
 * @param local parts of what distributors add, in lower case
 */
public record PythonVersion(
        String raw,
        BigInteger epoch,
        List<BigInteger> release,
        Optional<Pre> pre,
        Optional<BigInteger> post,
        Optional<BigInteger> dev,
        List<String> local)
        implements ReleaseVersion, Comparable<PythonVersion> {
    /** Characters. */
    private static final int MAX_LENGTH = 256;

    private static final Pattern GRAMMAR = Pattern.compile(
            "v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)"
                    + "(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?([0-9]+)?)?"
                    + "(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]+)?)?"
                    + "(?:[-_.]?(dev)[-_.]?([0-9]+)?)?"
                    + "(?:\\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
            Pattern.CASE_INSENSITIVE);

    /** What comes before a release. */
    public record Pre(String letter, BigInteger number) {}

    public PythonVersion {
        release = List.copyOf(release);
        local = List.copyOf(local);
    }

    /** Reads a version, where it is one. */
    public static Optional<PythonVersion> read(String text) {
        String written = text.strip();
        if (written.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher matcher = GRAMMAR.matcher(written);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<BigInteger> release = new ArrayList<>();
        for (String number : matcher.group(2).split("\\.")) {
            release.add(new BigInteger(number));
        }
        String local = matcher.group(10);
        return Optional.of(new PythonVersion(
                written,
                number(matcher.group(1)),
                release,
                Optional.ofNullable(matcher.group(3)).map(letter -> new Pre(usual(letter), number(matcher.group(4)))),
                matcher.group(5) != null
                        ? Optional.of(number(matcher.group(5)))
                        : Optional.ofNullable(matcher.group(6)).map(word -> number(matcher.group(7))),
                Optional.ofNullable(matcher.group(8)).map(word -> number(matcher.group(9))),
                local == null
                        ? List.of()
                        : List.of(local.toLowerCase(Locale.ROOT).split("[-_.]"))));
    }

    private static BigInteger number(String digits) {
        return digits == null ? BigInteger.ZERO : new BigInteger(digits);
    }

    private static String usual(String letter) {
        return switch (letter.toLowerCase(Locale.ROOT)) {
            case "a", "alpha" -> "a";
            case "b", "beta" -> "b";
            default -> "rc";
        };
    }

    /** In the one spelling that PEP 440 calls normal. */
    @Override
    public String text() {
        StringBuilder text = new StringBuilder(epoch.signum() == 0 ? "" : epoch + "!");
        for (int i = 0; i < release.size(); i++) {
            text.append(i == 0 ? "" : ".").append(release.get(i));
        }
        pre.ifPresent(before -> text.append(before.letter()).append(before.number()));
        post.ifPresent(number -> text.append(".post").append(number));
        dev.ifPresent(number -> text.append(".dev").append(number));
        return text.append(local.isEmpty() ? "" : "+" + String.join(".", local)).toString();
    }

    @Override
    public boolean isPrerelease() {
        return pre.isPresent() || dev.isPresent();
    }

    @Override
    public boolean isPlain() {
        return !isPrerelease() && post.isEmpty();
    }

    @Override
    public Optional<String> part(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "raw" -> raw;
                    case "version" -> text();
                    case "major" -> release(0).toString();
                    case "minor" -> release(1).toString();
                    case "patch" -> release(2).toString();
                    default -> null;
                });
    }

    private BigInteger release(int place) {
        return place < release.size() ? release.get(place) : BigInteger.ZERO;
    }

    @Override
    public boolean isHigherThan(ReleaseVersion other) {
        return other instanceof PythonVersion version && compareTo(version) > 0;
    }

    /** As PEP 440 orders them: development releases first, then pre-releases, the release, post-releases, local versions. */
    @Override
    public int compareTo(PythonVersion other) {
        int order = epoch.compareTo(other.epoch);
        for (int i = 0; order == 0 && i < Math.max(release.size(), other.release.size()); i++) {
            order = release(i).compareTo(other.release(i));
        }
        order = order != 0 ? order : compare(preRank(), other.preRank());
        order = order != 0 ? order : compare(List.of(rank(post, -1)), List.of(other.rank(other.post, -1)));
        order = order != 0 ? order : compare(List.of(rank(dev, 1)), List.of(other.rank(other.dev, 1)));
        return order != 0 ? order : compareLocal(other);
    }

    /** What there is none of comes before (-1) or after (1) all that there are. */
    private Rank rank(Optional<BigInteger> number, int absent) {
        return number.map(value -> new Rank(0, value)).orElse(new Rank(absent, BigInteger.ZERO));
    }

    private record Rank(int group, BigInteger number) {}

    private List<Rank> preRank() {
        if (pre.isPresent()) {
            return List.of(
                    new Rank(0, BigInteger.valueOf(pre.get().letter().charAt(0))),
                    new Rank(0, pre.get().number()));
        }
        boolean onlyDev = dev.isPresent() && post.isEmpty();
        return List.of(new Rank(onlyDev ? -1 : 1, BigInteger.ZERO));
    }

    private static int compare(List<Rank> one, List<Rank> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            int order = Integer.compare(one.get(i).group(), other.get(i).group());
            order = order != 0
                    ? order
                    : one.get(i).number().compareTo(other.get(i).number());
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Numbers rank above names, and more parts above fewer. */
    private int compareLocal(PythonVersion other) {
        for (int i = 0; i < Math.min(local.size(), other.local.size()); i++) {
            String mine = local.get(i);
            String theirs = other.local.get(i);
            boolean isNumber = mine.matches("[0-9]+");
            int order = Boolean.compare(isNumber, theirs.matches("[0-9]+"));
            if (order == 0) {
                order = isNumber ? new BigInteger(mine).compareTo(new BigInteger(theirs)) : mine.compareTo(theirs);
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(local.size(), other.local.size());
    }

    @Override
    public String toString() {
        return text();
    }
}
