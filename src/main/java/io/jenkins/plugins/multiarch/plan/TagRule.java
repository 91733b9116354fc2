package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A rule that makes tags, as docker/metadata-action writes them: {@code type=semver,pattern={{version}}}. A text alone is a tag.
 *
 * @param attributes as they were written, without {@code type}
 */
public record TagRule(TagType type, Map<String, String> attributes) {
    private static final Set<String> OF_ALL = Set.of("enable", "priority", "prefix", "suffix");

    public TagRule {
        attributes = Map.copyOf(attributes);
    }

    /** Reads the text of a rule. */
    public static TagRule parse(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String field : CommaFields.read(text)) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                attributes.put("value", field);
            } else {
                attributes.put(
                        field.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        field.substring(equals + 1).strip());
            }
        }
        return of(attributes);
    }

    /** Takes the attributes of a rule, {@code type} among them. */
    public static TagRule of(Map<String, String> written) {
        Map<String, String> attributes = new LinkedHashMap<>(written);
        String name = attributes.getOrDefault("type", "raw");
        attributes.remove("type");
        TagType type = TagType.find(name)
                .orElseThrow(() -> refused(written, "its type '" + Shown.of(name) + "' is not known"));
        TagRule rule = new TagRule(type, attributes);
        rule.check(written);
        return rule;
    }

    /** The same for versions of Python, where it is for those of semantic versioning. */
    TagRule forPython() {
        return type == TagType.SEMVER ? new TagRule(TagType.PEP440, attributes) : this;
    }

    private void check(Map<String, String> written) {
        Set<String> unknown = new TreeSet<>(attributes.keySet());
        unknown.removeAll(OF_ALL);
        unknown.removeAll(type.attributes());
        if (!unknown.isEmpty()) {
            throw refused(
                    written,
                    "type=" + type + " has no '" + Shown.of(unknown.iterator().next()) + "'");
        }
        switch (type) {
            case SEMVER, PEP440, MATCH -> needs(written, "pattern");
            case RAW -> needs(written, "value");
            case REF -> oneOf(written, "event", "branch", "tag", "pr");
            case SHA -> {
                oneOf(written, "format", "short", "long");
                number(written, "length", 4, 64);
            }
            default -> {}
        }
        if (type == TagType.MATCH) {
            number(written, "group", 0, 99);
        }
        number(written, "priority", 0, 1_000_000);
    }

    private void needs(Map<String, String> written, String attribute) {
        if (!attributes.containsKey(attribute)) {
            throw refused(written, "type=" + type + " needs '" + attribute + "'");
        }
    }

    private void oneOf(Map<String, String> written, String attribute, String... values) {
        if (!List.of(values).contains(get(attribute))) {
            throw refused(written, "'" + attribute + "' is one of " + String.join(", ", values));
        }
    }

    private void number(Map<String, String> written, String attribute, int lowest, int highest) {
        String value = get(attribute);
        if (!value.matches("[0-9]{1,7}") || Integer.parseInt(value) < lowest || Integer.parseInt(value) > highest) {
            throw refused(written, "'" + attribute + "' is a number from " + lowest + " to " + highest);
        }
    }

    private static ReleaseException refused(Map<String, String> written, String reason) {
        return new ReleaseException(
                "'" + Shown.of(shown(written)) + "' is not a rule for tags: " + reason + ".",
                "Write it as in type=semver,pattern={{version}}; docs/release-plan.md has all of them.");
    }

    /** What the rule says, or else what rules of its type say unless told otherwise; empty where that is nothing. */
    String get(String attribute) {
        String said = attributes.get(attribute);
        if (said != null) {
            return said;
        }
        return switch (attribute) {
            case "enable" -> "true";
            case "priority" -> String.valueOf(type.priority());
            case "pattern" -> type == TagType.SCHEDULE ? "nightly" : "";
            case "group" -> "0";
            case "format" -> "short";
            case "length" -> "7";
            case "prefix" -> usualPrefix();
            default -> "";
        };
    }

    private String usualPrefix() {
        return switch (type) {
            case SHA -> "sha-";
            case REF -> get("event").equals("pr") ? "pr-" : "";
            default -> "";
        };
    }

    /** Whether the rule, or its type, has a beginning of its own, so that the flavor's is not used. */
    boolean hasPrefix() {
        return attributes.containsKey("prefix") || !usualPrefix().isEmpty();
    }

    boolean hasSuffix() {
        return attributes.containsKey("suffix");
    }

    int priority() {
        return Integer.parseInt(get("priority"));
    }

    private static String shown(Map<String, String> written) {
        return written.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /** In one order, whatever the order it was written in. */
    @Override
    public String toString() {
        return "type=" + type
                + Arrays.stream(new String[] {
                            "event",
                            "pattern",
                            "value",
                            "match",
                            "group",
                            "branch",
                            "format",
                            "length",
                            "prefix",
                            "suffix",
                            "priority",
                            "enable"
                        })
                        .filter(attributes::containsKey)
                        .map(attribute -> "," + attribute + "=" + attributes.get(attribute))
                        .collect(Collectors.joining());
    }
}
