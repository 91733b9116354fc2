package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What was built, out of SLSA provenance.
 *
 * @param repository as {@link #plain} as it compares; empty where it is not said
 * @param ref empty where it is not said
 * @param otherScript why what the build did may not be what the source says, as a clause; nothing where it is
 */
record BuiltSource(String repository, String ref, Optional<String> otherScript) {

    /**
     * What was asked for, else the first thing that went in. The latter does not count for Pipelines: it may be whatever
     * their script fetched first.
     */
    static BuiltSource of(JsonNode predicate) {
        JsonNode definition = predicate.path("buildDefinition");
        JsonNode asked = definition.path("externalParameters");
        if (definition.path("buildType").asText("").equals(Provenance.PIPELINE)) {
            return asked(asked.path("source"), otherScript(asked.path("pipeline")));
        }
        for (String name : List.of("source", "workflow")) {
            if (asked.path(name).path("repository").isTextual()) {
                return asked(asked.path(name), Optional.empty());
            }
        }
        return dependency(definition.at("/resolvedDependencies/0/uri").asText(""));
    }

    private static BuiltSource asked(JsonNode source, Optional<String> otherScript) {
        return new BuiltSource(
                plain(source.path("repository").asText("")), source.path("ref").asText(""), otherScript);
    }

    private static Optional<String> otherScript(JsonNode pipeline) {
        if (pipeline.path("replayed").asBoolean(false)) {
            return Optional.of("its Pipeline was replayed, rebuilt or restarted, and not read from the source");
        }
        if (pipeline.path("inline").asBoolean(false)) {
            return Optional.of("its Pipeline was written into the job, and not read from the source");
        }
        return pipeline.path("path").asText("").isEmpty()
                ? Optional.of("it does not say where in the source its Pipeline is")
                : Optional.empty();
    }

    private static BuiltSource dependency(String uri) {
        int path = uri.indexOf('/', uri.indexOf("://") + 3);
        int at = path < 0 ? -1 : uri.indexOf('@', path);
        return at < 0
                ? new BuiltSource(plain(uri), "", Optional.empty())
                : new BuiltSource(plain(uri.substring(0, at)), uri.substring(at + 1), Optional.empty());
    }

    /** A repository's address as it compares: {@code git+} before and {@code .git} behind mean nothing. */
    static String plain(String address) {
        return address.replaceFirst("^git\\+", "").replaceFirst("/+$", "").replaceFirst("\\.git$", "");
    }
}
