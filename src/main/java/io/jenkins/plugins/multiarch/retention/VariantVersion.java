package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.version.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version with the variant of an image behind it, as in {@code 1.4.2-alpine} or {@code 2.0.0-rc.1-cuda}. SemVer takes such
 * words for prereleases, and images are seldom named so: {@code 2.0.0-alpine} is as final as {@code 2.0.0}.
 *
 * @param version without the variant
 * @param variant what is behind its numbers and its prerelease, or empty
 */
record VariantVersion(Version version, String variant) {
    private static final Pattern PRERELEASE = Pattern.compile(
            "(?i)(?:(?:alpha|beta|a|b|rc|cr|pre|preview|prerelease|dev|snapshot|m|milestone|next|nightly|canary|ea)"
                    + "[0-9.]*|[0-9.]+)");

    /** Reads a tag, where it is one; numbers may be padded. */
    static Optional<VariantVersion> read(String tag) {
        return Version.readPadded(tag).map(VariantVersion::of);
    }

    private static VariantVersion of(Version version) {
        List<String> words =
                Arrays.asList(String.join(".", version.prerelease()).split("-"));
        int count = 0;
        while (count < words.size() && PRERELEASE.matcher(words.get(count)).matches()) {
            count++;
        }
        List<String> prerelease = new ArrayList<>();
        words.subList(0, count).forEach(word -> prerelease.addAll(Arrays.asList(word.split("\\."))));
        return new VariantVersion(
                new Version(version.raw(), version.numbers(), prerelease),
                String.join("-", words.subList(count, words.size())));
    }

    /** For a sentence about its group; nothing where it has no variant. */
    static String shown(String variant) {
        return variant.isEmpty() ? "" : " of -" + variant;
    }
}
