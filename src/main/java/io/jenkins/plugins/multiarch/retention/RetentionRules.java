package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is kept of repositories.
 *
 * @param protect tags that are kept whatever any rule says
 * @param untaggedAfter how long a manifest is kept that has no tag and that nothing needs; for ever if empty. A build that
 *     is pushing right now has such ones.
 * @param maxDeletes of manifests and tags together, above which a plan is refused
 * @param mayEmpty whether a repository may lose its last tag
 */
public record RetentionRules(
        List<TagRule> rules,
        List<NamePattern> protect,
        Optional<Duration> untaggedAfter,
        OptionalInt maxDeletes,
        boolean mayEmpty) {
    /** What {@code untaggedAfter} is where nobody says. */
    public static final Duration UNTAGGED_AFTER = Duration.ofDays(7);

    public RetentionRules {
        rules = List.copyOf(rules);
        protect = List.copyOf(protect);
    }

    /** Rules alone, with what else is usual. */
    public static RetentionRules of(List<TagRule> rules) {
        return new RetentionRules(rules, List.of(), Optional.of(UNTAGGED_AFTER), OptionalInt.empty(), false);
    }

    /** Whether the time of a tag's manifest matters. */
    boolean needsTime(Repository repository, Tag tag) {
        return !isProtected(tag)
                && rules.stream().anyMatch(rule -> rule.needsTimes() && rule.isFor(repository) && rule.means(tag));
    }

    /**
     * What becomes of each tag of a repository.
     *
     * @param now what came later is kept and takes nobody's place, so that a plan holds while builds go on
     */
    Map<Tag, TagVerdict> judge(Repository repository, List<TaggedManifest> tags, Instant now) {
        Map<Tag, TagVerdict> verdicts = new HashMap<>();
        List<TaggedManifest> before = tags.stream()
                .filter(tag -> tag.time().filter(now::isBefore).isEmpty())
                .toList();
        for (TagRule rule : rules) {
            if (rule.isFor(repository)) {
                rule.judge(before, now).forEach((tag, verdict) -> verdicts.merge(tag, verdict, TagVerdict::or));
            }
        }
        for (TaggedManifest tag : tags) {
            boolean later = tag.time().filter(now::isBefore).isPresent();
            verdicts.putIfAbsent(tag.tag(), TagVerdict.kept(later ? "it is newer than the plan" : "no rule means it"));
            if (isProtected(tag.tag())) {
                verdicts.put(tag.tag(), TagVerdict.kept("it is protected"));
            }
        }
        return verdicts;
    }

    private boolean isProtected(Tag tag) {
        return protect.stream().anyMatch(pattern -> pattern.matches(tag.name()));
    }
}
