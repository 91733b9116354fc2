package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.PublicKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads a {@link VerificationPolicy}: JSON, or YAML, of which JSON is a part. */
final class PolicyReader {
    private static final int MAX_SIZE = 1 << 20;
    private static final int MAX_DEPTH = 20;
    private static final String CURE = "See docs/attestations.md for what a policy holds.";

    private PolicyReader() {}

    static VerificationPolicy read(byte[] text) {
        JsonNode json = parsed(text);
        known(json, "the policy", Set.of("trust", "platforms", "require"));
        List<TrustRule> trust = new ArrayList<>();
        list(json, "trust").forEach(rule -> trust.add(trust(rule)));
        List<Requirement> requirements = new ArrayList<>();
        list(json, "require").forEach(rule -> requirements.add(requirement(rule)));
        if (trust.isEmpty() || requirements.isEmpty()) {
            throw refused("it says " + (trust.isEmpty() ? "not whom to trust" : "nothing that is required"));
        }
        if (json.path("platforms").isArray() && json.path("platforms").isEmpty()) {
            throw refused("'platforms' is empty");
        }
        List<String> platforms = new ArrayList<>();
        list(json, "platforms").forEach(platform -> platforms.add(platform.asText()));
        return new VerificationPolicy(trust, Platform.parseAll(platforms), requirements, Digest.sha256(text));
    }

    private static JsonNode parsed(byte[] text) {
        if (text.length > MAX_SIZE) {
            throw refused("it has more than " + MAX_SIZE + " bytes");
        }
        YAMLFactory factory = YAMLFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
        try {
            JsonNode json = new YAMLMapper(factory)
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
            if (!json.isObject()) {
                throw refused("it is not a list of names and values");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw refused("it cannot be read"
                    + (e.getLocation() == null
                            ? ""
                            : " past line " + e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw refused("its characters are in no encoding of JSON or YAML");
        }
    }

    private static TrustRule trust(JsonNode rule) {
        known(rule, "trust", Set.of("key", "subject", "subjectRegex", "issuer", "issuerRegex"));
        String key = text(rule, "key");
        TrustRule.Identity identity = new TrustRule.Identity(
                text(rule, "subject"), text(rule, "subjectRegex"), text(rule, "issuer"), text(rule, "issuerRegex"));
        boolean subject =
                identity.subject().isEmpty() != identity.subjectRegex().isEmpty();
        boolean issuer = identity.issuer().isEmpty() != identity.issuerRegex().isEmpty();
        if (!key.isEmpty() && rule.size() == 1) {
            return new TrustRule.Key(PublicKeys.read(key.getBytes(StandardCharsets.UTF_8)));
        }
        if (key.isEmpty() && subject && issuer) {
            return identity;
        }
        throw refused("a rule under trust is neither a key nor an identity with subject and issuer");
    }

    private static Requirement requirement(JsonNode rule) {
        known(
                rule,
                "require",
                Set.of("type", "on", "builder", "source", "ref", "branch", "inline", "maxAge", "atMost", "result"));
        if (rule.has("ref") && rule.has("branch")) {
            throw refused("a rule under require has both ref and branch");
        }
        String branch = text(rule, "branch");
        Requirement requirement = new Requirement(
                EvidenceType.parse(text(rule, "type")),
                scope(text(rule, "on")),
                text(rule, "builder"),
                text(rule, "source"),
                branch.isEmpty() ? text(rule, "ref") : "refs/heads/" + branch,
                age(text(rule, "maxAge")),
                atMost(rule.path("atMost")),
                text(rule, "result"),
                inline(rule.path("inline")));
        refuseWhatNeverHolds(requirement);
        return requirement;
    }

    private static boolean inline(JsonNode allowed) {
        if (!allowed.isMissingNode() && !allowed.isBoolean()) {
            throw refused("'inline' is neither true nor false");
        }
        return allowed.asBoolean(false);
    }

    private static Map<Severity, Integer> atMost(JsonNode limits) {
        Map<Severity, Integer> all = new EnumMap<>(Severity.class);
        if (limits.isMissingNode()) {
            return all;
        }
        if (!limits.isObject() || limits.isEmpty()) {
            throw refused("'atMost' is not a list of severities and numbers");
        }
        for (Map.Entry<String, JsonNode> limit : limits.properties()) {
            Severity severity = Severity.parse(limit.getKey())
                    .orElseThrow(() -> refused("'" + Shown.of(limit.getKey()) + "' under atMost is no severity"));
            if (!limit.getValue().canConvertToInt() || limit.getValue().asInt() < 0) {
                throw refused("'atMost' has no number for " + severity);
            }
            all.put(severity, limit.getValue().asInt());
        }
        return all;
    }

    /** A condition on a kind of evidence that does not know it would always hold, or never. */
    private static void refuseWhatNeverHolds(Requirement rule) {
        boolean provenance = rule.type().equals(EvidenceType.PROVENANCE);
        if (!provenance
                && !(rule.builder().isEmpty()
                        && rule.source().isEmpty()
                        && rule.ref().isEmpty())) {
            throw refused(
                    "builder, source, ref and branch are asked of " + rule.type() + ", and only provenance has them");
        }
        if (rule.inline() && rule.source().isEmpty() && rule.ref().isEmpty()) {
            throw refused("inline is allowed without a source, ref or branch, and nothing else would refuse it");
        }
        if (!rule.atMost().isEmpty() && !rule.type().equals(EvidenceType.SCAN)) {
            throw refused("atMost is asked of " + rule.type() + ", and only a scan has it");
        }
        if (!rule.result().isEmpty()
                && !Set.of("test", "summary").contains(rule.type().name())) {
            throw refused("result is asked of " + rule.type() + ", and only test and summary have it");
        }
    }

    private static Requirement.Scope scope(String on) {
        return switch (on) {
            case "", "all" -> Requirement.Scope.ALL;
            case "platforms" -> Requirement.Scope.PLATFORMS;
            case "index" -> Requirement.Scope.INDEX;
            default -> throw refused("'on' is '" + Shown.of(on) + "' and not all, platforms or index");
        };
    }

    private static Optional<Duration> age(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[1-9][0-9]{0,4}[dh]")) {
            throw refused("'maxAge' is '" + Shown.of(text) + "' and not a number of days or hours, as in 30d or 12h");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return Optional.of(text.endsWith("d") ? Duration.ofDays(number) : Duration.ofHours(number));
    }

    private static void known(JsonNode json, String where, Set<String> names) {
        if (!json.isObject()) {
            throw refused("something under " + where + " is not a list of names and values");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw refused("'" + Shown.of(name) + "' under " + where + " is none of "
                        + String.join(", ", new TreeSet<>(names)));
            }
        });
    }

    private static JsonNode list(JsonNode json, String name) {
        JsonNode list = json.path(name);
        if (!list.isMissingNode() && !list.isArray()) {
            throw refused("'" + name + "' is not a list");
        }
        return list;
    }

    private static String text(JsonNode json, String name) {
        JsonNode text = json.path(name);
        if (text.isContainerNode()) {
            throw refused("'" + name + "' is not a text");
        }
        String value = text.asText("").strip();
        if (text.isNull() || value.isEmpty() && !text.isMissingNode()) {
            throw refused("'" + name + "' is empty");
        }
        return value;
    }

    private static ReleaseException refused(String reason) {
        return new ReleaseException("The policy is not understood: " + reason + ".", CURE);
    }
}
