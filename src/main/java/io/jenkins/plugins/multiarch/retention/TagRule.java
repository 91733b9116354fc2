package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.retention.Selection.Newest;
import io.jenkins.plugins.multiarch.retention.Selection.Younger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is kept of the tags that a pattern means. A tag is kept where any rule keeps it, and where no rule means it.
 *
 * @param repositories where it holds, where any of them means it; everywhere if empty
 * @param selections each of which may keep a tag
 */
public record TagRule(NamePattern tags, List<NamePattern> repositories, List<Selection> selections) {

    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");

    public TagRule {
        repositories = List.copyOf(repositories);
        selections = List.copyOf(selections);
        if (selections.isEmpty()) {
            throw new ReleaseException(
                    "The rule for the tags " + tags + " does not say what is kept of them.",
                    "Give it a number to keep, an age, or minors and patches; 0 keeps none.");
        }
    }

    /** The last so many by age. */
    public static TagRule newest(NamePattern tags, int count) {
        return new TagRule(tags, List.of(), List.of(new Newest(count, TagOrder.AGE)));
    }

    /** All younger than this, and the newest whatever its age. */
    public static TagRule younger(NamePattern tags, Duration age) {
        return new TagRule(tags, List.of(), List.of(new Newest(1, TagOrder.AGE), new Younger(age)));
    }

    /** Reads {@code dev-*=10}: the last ten of those. */
    public static TagRule parseKeep(String text) {
        int equals = text.lastIndexOf('=');
        String count = text.substring(equals + 1).strip();
        if (equals < 1 || !COUNT.matcher(count).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is not a pattern of tags with how many of them are kept.",
                    "Write it as in dev-*=10.");
        }
        return newest(NamePattern.parse(text.substring(0, equals)), Integer.parseInt(count));
    }

    /** Reads {@code v*=180d}: those younger than that, and the newest. */
    public static TagRule parseYounger(String text) {
        int equals = text.lastIndexOf('=');
        if (equals < 1) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is not a pattern of tags with the age up to which they are kept.",
                    "Write it as in v*=180d.");
        }
        return younger(NamePattern.parse(text.substring(0, equals)), Ages.parse(text.substring(equals + 1)));
    }

    boolean isFor(Repository repository) {
        return repositories.isEmpty()
                || repositories.stream().anyMatch(pattern -> pattern.matches(repository.toString()));
    }

    boolean means(Tag tag) {
        return tags.matches(tag.name());
    }

    boolean needsTimes() {
        return selections.stream().anyMatch(Selection::needsTimes);
    }

    /** What it says of each of the tags that it means. */
    Map<Tag, TagVerdict> judge(List<TaggedManifest> all, Instant now) {
        List<TaggedManifest> meant =
                all.stream().filter(tag -> means(tag.tag())).toList();
        Map<Tag, TagVerdict> verdicts = new HashMap<>();
        for (Selection selection : selections) {
            selection
                    .judge(meant, now)
                    .forEach((tag, verdict) -> verdicts.merge(tag, verdict.of(tags), TagVerdict::or));
        }
        return verdicts;
    }
}
