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
 * {@code patches} have to be there; {@code repositories} may be a list too, and {@code untaggedAfter} {@code never}. A value of
 * another shape is refused, for a rule that is passed over may be the one that keeps.
 */
public final class RulesReader {
    private static final Set<String> NAMES = Set.of("rules", "protect", "untaggedAfter", "maxDeletes", "mayEmpty");
    private static final Set<String> OF_RULE =
            Set.of("tags", "repositories", "keep", "order", "younger", "minors", "patches");
    private static final int MAX_COUNT = 1_000_000;
    private static final String PROTECT = "[\"stable\"]";
    private static final String REPOSITORIES = "\"ghcr.io/acme/*\"";

    private RulesReader() {}

    /** @throws ReleaseException if it has a name that is none of these, or a value that is no use */
    public static RetentionRules read(byte[] bytes) {
        ObjectNode json = Json.readFew(Json.withoutMark(bytes), "The file of retention rules");
        refuseOthers(json, NAMES, "A document of retention rules");
        List<TagRule> rules = new ArrayList<>();
        for (JsonNode rule : list(json, "rules", "[{\"tags\": \"dev-*\", \"keep\": 10}]")) {
            refuseUnless(rule.isObject(), "rules", rule, "an object", "[{\"tags\": \"dev-*\", \"keep\": 10}]");
            rules.add(rule(rule));
        }
        List<NamePattern> protect = new ArrayList<>();
        for (JsonNode pattern : list(json, "protect", PROTECT)) {
            protect.add(NamePattern.parse(text("protect", pattern, PROTECT)));
        }
        JsonNode mayEmpty = json.path("mayEmpty");
        refuseUnless(mayEmpty.isMissingNode() || mayEmpty.isBoolean(), "mayEmpty", mayEmpty, "true or false", "true");
        return new RetentionRules(
                rules, protect, untaggedAfter(json), count(json, "maxDeletes"), mayEmpty.asBoolean(false));
    }

    /** Reads how long untagged manifests are kept: {@code 7d}, or {@code never} where they are not deleted. */
    public static Optional<Duration> untaggedAfter(String text) {
        return text.strip().equals("never") ? Optional.empty() : Optional.of(Ages.parse(text));
    }

    private static Optional<Duration> untaggedAfter(JsonNode json) {
        return text(json, "untaggedAfter", "\"7d\"")
                .map(RulesReader::untaggedAfter)
                .orElse(Optional.of(RetentionRules.UNTAGGED_AFTER));
    }

    private static TagRule rule(JsonNode json) {
        refuseOthers(json, OF_RULE, "A retention rule");
        NamePattern tags = NamePattern.parse(text("tags", json.path("tags"), "\"dev-*\""));
        TagOrder order = text(json, "order", "\"version\"").map(TagOrder::parse).orElse(TagOrder.AGE);
        OptionalInt keep = count(json, "keep");
        OptionalInt minors = count(json, "minors");
        OptionalInt patches = count(json, "patches");
        List<Selection> selections = new ArrayList<>();
        keep.ifPresent(count -> selections.add(new Newest(count, order)));
        text(json, "younger", "\"180d\"").map(Ages::parse).map(Younger::new).ifPresent(younger -> {
            selections.add(younger);
            if (keep.isEmpty()) {
                selections.add(new Newest(1, order));
            }
        });
        if (minors.isPresent() != patches.isPresent()) {
            throw new ReleaseException(
                    "The rule for the tags " + tags + " has one of minors and patches.",
                    "Give both, as in 3 minors of 2 patches each.");
        }
        minors.ifPresent(count -> selections.add(new LastPatches(count, patches.getAsInt())));
        return new TagRule(tags, repositories(json), selections);
    }

    /** Nothing for everywhere. */
    private static List<NamePattern> repositories(JsonNode json) {
        JsonNode value = json.path("repositories");
        if (value.isMissingNode()) {
            return List.of();
        }
        boolean some = value.isTextual() || value.isArray() && !value.isEmpty();
        refuseUnless(some, "repositories", value, "text or a list of texts", REPOSITORIES);
        List<NamePattern> all = new ArrayList<>();
        for (JsonNode one : value.isTextual() ? List.of(value) : value) {
            all.add(NamePattern.parse(text("repositories", one, REPOSITORIES)));
        }
        return all;
    }

    private static JsonNode list(JsonNode json, String name, String example) {
        JsonNode value = json.path(name);
        refuseUnless(value.isMissingNode() || value.isArray(), name, value, "a list", example);
        return value;
    }

    private static Optional<String> text(JsonNode json, String name, String example) {
        JsonNode value = json.path(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(text(name, value, example));
    }

    private static String text(String name, JsonNode value, String example) {
        refuseUnless(value.isTextual() && !value.asText().isBlank(), name, value, "text", example);
        return value.asText();
    }

    private static void refuseUnless(boolean right, String name, JsonNode value, String shape, String example) {
        if (!right) {
            throw new ReleaseException(
                    "'" + name + "' of the retention rules is " + shown(value) + " and not " + shape + ".",
                    "Write it as in \"" + name + "\": " + example + ".");
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "missing" : Shown.of(value.toString());
    }

    private static OptionalInt count(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (value.isMissingNode()) {
            return OptionalInt.empty();
        }
        boolean right = value.isInt() && value.asInt() >= 0 && value.asInt() <= MAX_COUNT;
        refuseUnless(right, name, value, "a number from 0 to " + MAX_COUNT, "10");
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
