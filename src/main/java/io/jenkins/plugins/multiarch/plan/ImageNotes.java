package io.jenkins.plugins.multiarch.plan;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is said of the images themselves (OCI image-spec 1.1, "Pre-Defined Annotation Keys"): the same in labels and in
 * annotations, for readers look at either.
 *
 * @param created when the content was made
 */
record ImageNotes(Expressions expressions, String version, Instant created) {
    private static final String OCI = "org.opencontainers.image.";
    /** So that both the index and each platform's image say it. */
    private static final String LEVELS = "index,manifest:";

    Map<String, String> labels(Map<String, String> more) {
        Map<String, String> labels = new TreeMap<>(common());
        more.forEach((key, value) -> labels.put(key, expressions.fill(value)));
        return labels;
    }

    /** In the order of the keys, whatever stands before them. */
    Map<String, String> annotations(Map<String, String> more) {
        Map<String, String> annotations = new TreeMap<>();
        common().forEach((key, value) -> annotations.put(LEVELS + key, value));
        more.forEach((key, value) -> {
            if (!key.contains(":")) {
                annotations.remove(LEVELS + key);
            }
            annotations.put(key.contains(":") ? key : LEVELS + key, expressions.fill(value));
        });
        return annotations;
    }

    private Map<String, String> common() {
        BuildFacts facts = expressions.facts();
        Map<String, String> common = new TreeMap<>();
        put(common, "created", DateTimeFormatter.ISO_INSTANT.format(created.truncatedTo(ChronoUnit.SECONDS)));
        put(common, "revision", facts.commit());
        put(common, "source", SourceAddress.shown(facts.source()));
        put(common, "version", version);
        facts.base().ifPresent(base -> {
            put(
                    common,
                    "base.name",
                    base.repository() + base.tag().map(tag -> ":" + tag).orElse(""));
            put(common, "base.digest", base.digest().map(Object::toString).orElse(""));
        });
        return common;
    }

    private static void put(Map<String, String> notes, String key, String value) {
        if (!value.isEmpty()) {
            notes.put(OCI + key, value);
        }
    }
}
