package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells whether what a plan says of a manifest is true, every place, number and age in it. */
record TrueReasons(RandomGraph random, ExpectedMarks expected) {
    private static final Pattern BELONGS =
            Pattern.compile("it belongs to (sha256:[0-9a-f]{12}), which stays because (.*)", Pattern.DOTALL);
    private static final Pattern TAGGED = Pattern.compile("tag ([^ ]+) is kept: (.*)");
    private static final Pattern YOUNGER = Pattern.compile("it has no tag and is younger than ([0-9]+)d");

    /** Whether a plan says the truth of a manifest, all of it. */
    boolean isTrue(Digest digest, boolean stays, String reason) {
        return stays == expected.kept().contains(digest)
                && (stays ? isKeptFor(digest, reason) : isDeletedFor(digest, reason));
    }

    private boolean isKeptFor(Digest digest, String reason) {
        Matcher belongs = BELONGS.matcher(reason);
        if (belongs.matches()) {
            return random.nodes.keySet().stream()
                    .filter(other -> other.toString().startsWith(belongs.group(1)))
                    .anyMatch(root -> isARoot(root, belongs.group(2))
                            && ExpectedMarks.reachable(Set.of(root), random.edges)
                                    .contains(digest));
        }
        return isARoot(digest, reason);
    }

    private boolean isARoot(Digest digest, String reason) {
        Matcher tagged = TAGGED.matcher(reason);
        if (tagged.matches()) {
            Tag tag = new Tag(tagged.group(1));
            return digest.equals(expected.named().get(tag))
                    && new TagVerdict(true, tagged.group(2)).equals(expected.verdict(tag));
        }
        Matcher younger = YOUNGER.matcher(reason);
        if (younger.matches()) {
            Duration age = Duration.ofDays(Long.parseLong(younger.group(1)));
            return !expected.named().containsValue(digest)
                    && random.rules.untaggedAfter().filter(age::equals).isPresent()
                    && expected.isYoungerThan(age, digest);
        }
        return switch (reason) {
            case "a cluster runs it" ->
                random.roots.stream().anyMatch(root -> root.digest().equals(digest));
            case "it cannot be read, so nobody knows what it is" ->
                !random.nodes.get(digest).unreadable().isEmpty();
            case "what it is about is not there, and may be in another repository or on its way" ->
                expected.isAttachment(digest) && expected.subjects(digest).isEmpty();
            case "it has no tag, and such ones are kept" ->
                !expected.named().containsValue(digest)
                        && random.rules.untaggedAfter().isEmpty();
            case "it has no tag, and nobody knows its age" ->
                !expected.named().containsValue(digest) && expected.time(digest).isEmpty();
            default -> false;
        };
    }

    private boolean isDeletedFor(Digest digest, String reason) {
        StringBuilder byTags = new StringBuilder();
        expected.named().forEach((tag, to) -> {
            if (to.equals(digest)) {
                byTags.append(byTags.isEmpty() ? "" : "; ")
                        .append("tag " + tag + ": " + expected.verdict(tag).reason());
            }
        });
        if (!byTags.isEmpty()) {
            return reason.contentEquals(byTags);
        }
        return switch (reason) {
            case "what it is about goes" ->
                !expected.subjects(digest).isEmpty()
                        && expected.subjects(digest).stream().noneMatch(expected.kept()::contains);
            case "what it is about is gone" ->
                expected.isAttachment(digest) && expected.subjects(digest).isEmpty();
            case "only what goes lists it" ->
                !expected.parents(digest).isEmpty()
                        && expected.parents(digest).stream().noneMatch(expected.kept()::contains);
            case "it has no tag, and nothing that stays needs it" ->
                !expected.isAttachment(digest) && expected.parents(digest).isEmpty();
            default -> false;
        };
    }
}
