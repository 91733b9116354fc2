package io.jenkins.plugins.multiarch.plan;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds to plan for, said in a few words. */
final class Builds {
    static final String COMMIT = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    static final Instant DATE = Instant.parse("2026-11-21T13:05:09Z");

    private Builds() {}

    static BuildFacts.Builder of(String ref, String cause) {
        return BuildFacts.of(Ref.parse(ref), Cause.parse(cause), DATE).commit(COMMIT);
    }

    /** A release whose version nobody has seen before. */
    static BuildFacts.Builder ofTag(String tag, String... known) {
        return of("refs/tags/" + tag, "push").knownTags(Arrays.asList(known));
    }

    static ManualInputs asking(String channel, String version) {
        return new ManualInputs(channel, version, false, Optional.empty());
    }

    static ReleasePlan plan(BuildFacts.Builder facts) {
        return plan(facts, Map.of());
    }

    static ReleasePlan plan(BuildFacts.Builder facts, Map<String, ?> rules) {
        return new Planning(rules(rules)).plan(facts.build());
    }

    static ReleaseRules rules(Map<String, ?> rules) {
        return ReleaseRules.parse(ReleaseRules.json(rules).getBytes(StandardCharsets.UTF_8));
    }

    /** Reasons for tags that images do not get, by tag. */
    static String whyNot(ReleasePlan plan, String tag) {
        return plan.decisions().stream()
                .filter(decision ->
                        decision.name().equals("no tag") && decision.value().equals(tag))
                .map(Decision::reason)
                .findFirst()
                .orElse("");
    }

    static List<FoundVersion> file(String place, String version) {
        return List.of(new FoundVersion(place, version));
    }
}
