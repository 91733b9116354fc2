package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.attest.Provenance;
import io.jenkins.plugins.multiarch.attest.ResourceDescriptor;
import io.jenkins.plugins.multiarch.builder.Material;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.ui.PlatformRecord;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * What the controller itself knows of a build, as SLSA provenance: from the job, its parameters and causes, from what was
 * checked out and where it was built. Nothing of it comes from the environment of the build, which its script can change.
 */
record BuildProvenance(
        Run<?, ?> run, PipelineSource source, List<Checkout> checkouts, List<ResourceDescriptor> libraries) {
    /** Says that the controller signed, and nobody who runs on an agent. */
    static final String SIGNED_HERE = "#controller-signed";

    static BuildProvenance of(Run<?, ?> run) throws IOException, InterruptedException {
        return new BuildProvenance(run, PipelineSource.of(run), Checkouts.of(run), LoadedLibraries.of(run));
    }

    /** @param finished when the images were made at the latest */
    Provenance provenance(Instant finished) {
        String root = rootUrl();
        return new Provenance(
                new Provenance.Definition(Provenance.PIPELINE, asked(), chosen(), dependencies()),
                new Provenance.Run(
                        root + SIGNED_HERE,
                        Map.of("jenkins", Jenkins.VERSION),
                        root + run.getUrl(),
                        Optional.of(Instant.ofEpochMilli(run.getStartTimeInMillis())),
                        Optional.of(finished),
                        List.of(ResourceDescriptor.of(root + run.getUrl() + "console", Map.of()))));
    }

    private static String rootUrl() {
        String root = Jenkins.get().getRootUrl();
        if (root == null) {
            throw new ReleaseException(
                    "Jenkins does not know its own URL, by which its provenance says who built.",
                    "Set it in the system configuration, as 'Jenkins URL'.");
        }
        return root;
    }

    private ObjectNode asked() {
        ObjectNode asked = Json.object();
        source.write(asked);
        ObjectNode parameters = Json.object();
        ParametersAction given = run.getAction(ParametersAction.class);
        if (given != null) {
            given.getParameters().stream()
                    .filter(parameter -> !parameter.isSensitive())
                    .forEach(parameter -> parameters.put(parameter.getName(), text(parameter)));
        }
        if (!parameters.isEmpty()) {
            asked.set("parameters", parameters);
        }
        return asked;
    }

    private static String text(ParameterValue parameter) {
        return String.valueOf(parameter.getValue());
    }

    private ObjectNode chosen() {
        ObjectNode chosen = Json.object();
        chosen.put("job", run.getParent().getFullName()).put("build", run.getNumber());
        ArrayNode causes = chosen.putArray("causes");
        run.getCauses().forEach(cause -> causes.add(cause.getShortDescription()));
        ArrayNode platforms = chosen.putArray("platforms");
        records().forEach(record -> {
            ObjectNode platform = platforms
                    .addObject()
                    .put("image", record.getImage())
                    .put("platform", record.getPlatform())
                    .put("agent", record.getAgent())
                    .put("builder", record.getBuilder())
                    .put("digest", record.getDigest());
            if (record.isEmulated()) {
                platform.put("emulated", true);
            }
        });
        return chosen;
    }

    private List<PlatformRecord> records() {
        return Optional.ofNullable(run.getAction(ReleaseAction.class)).stream()
                .flatMap(action -> action.getPlatforms().stream())
                .filter(record -> record.getDigest() != null)
                .toList();
    }

    /** The repository of the Pipeline first, then all else that was checked out, shared libraries, and what images were built of. */
    private List<ResourceDescriptor> dependencies() {
        List<ResourceDescriptor> dependencies = new ArrayList<>();
        if (source.isRead()) {
            dependencies.add(ResourceDescriptor.of(
                    "git+" + source.repository() + ref(),
                    source.commit().isEmpty() ? Map.of() : Map.of("gitCommit", source.commit())));
        }
        checkouts.stream()
                .filter(checkout -> !checkout.url().equals(source.repository())
                        || !checkout.commit().equals(source.commit()))
                .forEach(checkout -> dependencies.add(checkout.descriptor()));
        dependencies.addAll(libraries);
        records().stream()
                .flatMap(record -> Material.read(record.getMaterials()).stream())
                .distinct()
                .forEach(material -> dependencies.add(dependency(material)));
        return dependencies;
    }

    private static ResourceDescriptor dependency(Material material) {
        return new ResourceDescriptor(
                material.name(), material.uri(), Map.of(material.algorithm(), material.digest()), Map.of());
    }

    private String ref() {
        return source.ref().isEmpty() ? "" : "@" + source.ref();
    }

    /** What the build ran: the Jenkinsfile at its commit, or the job where the text is in there. */
    ResourceDescriptor configuration() {
        return source.isRead()
                ? ResourceDescriptor.of(
                        "git+" + source.repository() + ref() + "#" + source.path(),
                        source.commit().isEmpty() ? Map.of() : Map.of("gitCommit", source.commit()))
                : ResourceDescriptor.of(rootUrl() + run.getParent().getUrl(), Map.of());
    }

    /** The page of the build with this relative address. */
    static String page(Run<?, ?> run, String address) {
        return rootUrl() + run.getUrl() + address;
    }
}
