package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How something was built and by whom (SLSA provenance v1). Whoever fills it in answers for every field. */
public record Provenance(Definition definition, Run run) {
    /** The build type of Pipelines in Jenkins; what its parameters mean is on the page of attestations. */
    public static final String PIPELINE = "https://plugins.jenkins.io/multiarch-release/buildtypes/pipeline/v1";

    public Provenance {
        if (definition.buildType.isEmpty() || run.builderId.isEmpty()) {
            throw new ReleaseException(
                    "The provenance lacks its build type or its builder.", "SLSA demands both; give them.");
        }
    }

    /**
     * What was asked for.
     *
     * @param buildType the URI of the document that says what the parameters mean
     * @param externalParameters what people or their repository chose; verifiers refuse names they do not know, so few
     * @param internalParameters what the builder chose
     * @param resolvedDependencies everything that went in, the source first
     */
    public record Definition(
            String buildType,
            ObjectNode externalParameters,
            ObjectNode internalParameters,
            List<ResourceDescriptor> resolvedDependencies) {
        public Definition {
            externalParameters = externalParameters.deepCopy();
            internalParameters = internalParameters.deepCopy();
            resolvedDependencies = List.copyOf(resolvedDependencies);
        }

        @Override
        public ObjectNode externalParameters() {
            return externalParameters.deepCopy();
        }

        @Override
        public ObjectNode internalParameters() {
            return internalParameters.deepCopy();
        }

        private void write(ObjectNode json) {
            json.put("buildType", buildType);
            json.set("externalParameters", externalParameters);
            if (!internalParameters.isEmpty()) {
                json.set("internalParameters", internalParameters);
            }
            ResourceDescriptor.write(json, "resolvedDependencies", resolvedDependencies);
        }
    }

    /**
     * What happened.
     *
     * @param builderId the URI of who is trusted to have said all of this
     * @param builderVersion of the builder's parts, by their names
     * @param invocationId unlike any other build's; empty where there is none
     * @param byproducts logs and the like
     */
    public record Run(
            String builderId,
            Map<String, String> builderVersion,
            String invocationId,
            Optional<Instant> startedOn,
            Optional<Instant> finishedOn,
            List<ResourceDescriptor> byproducts) {
        public Run {
            builderVersion = Map.copyOf(builderVersion);
            byproducts = List.copyOf(byproducts);
        }

        private void write(ObjectNode json) {
            ObjectNode builder = json.putObject("builder").put("id", builderId);
            if (!builderVersion.isEmpty()) {
                new TreeMap<>(builderVersion).forEach(builder.putObject("version")::put);
            }
            ObjectNode metadata = Json.object();
            if (!invocationId.isEmpty()) {
                metadata.put("invocationId", invocationId);
            }
            startedOn.ifPresent(time -> metadata.put("startedOn", seconds(time)));
            finishedOn.ifPresent(time -> metadata.put("finishedOn", seconds(time)));
            if (!metadata.isEmpty()) {
                json.set("metadata", metadata);
            }
            ResourceDescriptor.write(json, "byproducts", byproducts);
        }

        private static String seconds(Instant time) {
            return time.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    public Predicate predicate() {
        ObjectNode json = Json.object();
        definition.write(json.putObject("buildDefinition"));
        run.write(json.putObject("runDetails"));
        return Predicate.of(PredicateTypes.PROVENANCE, json);
    }
}
