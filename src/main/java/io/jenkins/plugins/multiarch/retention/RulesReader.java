package io.jenkins.plugins.multiarch.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.retention.Selection.LastPatches;
import io.jenkins.plugins.multiarch.retention.Selection.Newest;
import io.jenkins.plugins.multiarch.retention.Selection.Younger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads retention rules as JSON: <code>{"rules": [{"tags": "v*", "repositories": "ghcr.io/acme/*", "keep": 10, "order":
 * "version", "younger": "180d", "minors": 3, "patches": 2}], "protect": ["stable"], "untaggedAfter": "7d", "maxDeletes": 500,
 * "mayEmpty": false}</code>. Of a rule, {@code tags} and at least one of {@code keep}, {@code younger}, and {@code minors} with
 * {@code patches} have to be there; {@code untaggedAfter} may be {@code never}.
 */
public final class RulesReader {
    private static final Set<String> NAMES = Set.of("rules", "protect", "untaggedAfter", "maxDeletes", "mayEmpty");
    private static final Set<String> OF_RULE =
            Set.of("tags", "repositories", "keep", "order", "younger", "minors", "patches");
    private static final int MAX_COUNT = 1_000_000;

    private RulesReader() {}

    /** @throws ReleaseException if it has a name that is none of these, or a value that is no use */
    public static RetentionRules read(byte[] bytes) {
        ObjectNode json = Json.readFew(Json.withoutMark(bytes), "The file of retention rules");
        refuseOthers(json, NAMES, "A document of retention rules");
        List<TagRule> rules = new ArrayList<>();
        for (JsonNode rule : json.path("rules")) {
            rules.add(rule(rule));
        }
        List<NamePattern> protect = new ArrayList<>();
        json.path("protect").forEach(pattern -> protect.add(NamePattern.parse(pattern.asText(""))));
        return new RetentionRules(
                rules,
                protect,
                untaggedAfter(json),
                count(json, "maxDeletes"),
                json.path("mayEmpty").asBoolean(false));
    }

    /** Reads how long untagged manifests are kept: {@code 7d}, or {@code never} where they are not deleted. */
    public static Optional<Duration> untaggedAfter(String text) {
        return text.strip().equals("never") ? Optional.empty() : Optional.of(Ages.parse(text));
    }

    private static Optional<Duration> untaggedAfter(JsonNode json) {
        JsonNode text = json.path("untaggedAfter");
        return text.isMissingNode() ? Optional.of(RetentionRules.UNTAGGED_AFTER) : untaggedAfter(text.asText(""));
    }

    private static TagRule rule(JsonNode json) {
        refuseOthers(json, OF_RULE, "A retention rule");
        NamePattern tags = NamePattern.parse(json.path("tags").asText(""));
        Optional<NamePattern> repositories = Optional.of(
                        json.path("repositories").asText(""))
                .filter(text -> !text.isEmpty())
                .map(NamePattern::parse);
        TagOrder order = TagOrder.parse(json.path("order").asText(TagOrder.AGE.toString()));
        OptionalInt keep = count(json, "keep");
        OptionalInt minors = count(json, "minors");
        OptionalInt patches = count(json, "patches");
        List<Selection> selections = new ArrayList<>();
        keep.ifPresent(count -> selections.add(new Newest(count, order)));
        if (!json.path("younger").isMissingNode()) {
            selections.add(new Younger(Ages.parse(json.path("younger").asText(""))));
            if (keep.isEmpty()) {
                selections.add(new Newest(1, order));
            }
        }
        if (minors.isPresent() != patches.isPresent()) {
            throw new ReleaseException(
                    "The rule for the tags " + tags + " has one of minors and patches.",
                    "Give both, as in 3 minors of 2 patches each.");
        }
        minors.ifPresent(count -> selections.add(new LastPatches(count, patches.getAsInt())));
        return new TagRule(tags, repositories, selections);
    }

    private static OptionalInt count(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return OptionalInt.empty();
        }
        if (!value.isInt() || value.asInt() < 0 || value.asInt() > MAX_COUNT) {
            throw new ReleaseException(
                    "'" + name + "' of the retention rules is " + Shown.of(value.toString())
                            + " and not a number from 0 to " + MAX_COUNT + ".",
                    "Write it as in \"" + name + "\": 10.");
        }
        return OptionalInt.of(value.asInt());
    }

    private static void refuseOthers(JsonNode json, Set<String> names, String what) {
        Iterator<String> fields = json.fieldNames();
        while (fields.hasNext()) {
            String name = fields.next();
            if (!names.contains(name)) {
                throw new ReleaseException(
                        what + " with '" + Shown.of(name) + "' is not known.",
                        "Take one of "
                                + String.join(", ", names.stream().sorted().toList()) + ".");
            }
        }
    }
}
