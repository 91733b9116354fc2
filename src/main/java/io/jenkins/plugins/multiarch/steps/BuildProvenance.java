package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.attest.Provenance;
import io.jenkins.plugins.multiarch.attest.ResourceDescriptor;
import io.jenkins.plugins.multiarch.builder.Material;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.ui.PlatformRecord;
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

    /** Says that the file itself is the word of a node. */
    static final String HANDED_OVER = "#workspace-file";

    static BuildProvenance of(Run<?, ?> run) {
        return new BuildProvenance(run, PipelineSource.of(run), Checkouts.of(run), LoadedLibraries.of(run));
    }

    /** @param built what the image is made of, which this says how it was built */
    Provenance provenance(BuiltPlatforms built) {
        return provenance(SIGNED_HERE, built, Optional.of(built.finished()));
    }

    /** Of files that a node hands over: which build had them, and not that it made them. */
    Provenance ofFiles() {
        return provenance(HANDED_OVER, new BuiltPlatforms(List.of()), Optional.empty());
    }

    private Provenance provenance(String builder, BuiltPlatforms built, Optional<Instant> finished) {
        String root = rootUrl();
        return new Provenance(
                new Provenance.Definition(Provenance.PIPELINE, asked(), chosen(built), dependencies(built)),
                new Provenance.Run(
                        root + builder,
                        Map.of("jenkins", Jenkins.VERSION),
                        root + run.getUrl(),
                        Optional.of(Instant.ofEpochMilli(run.getStartTimeInMillis())),
                        finished,
                        List.of(ResourceDescriptor.of(root + run.getUrl() + "console", Map.of()))));
    }

    static boolean knowsItsUrl() {
        return Jenkins.get().getRootUrl() != null;
    }

    static String rootUrl() {
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
        ObjectNode parameters = GivenParameters.of(run);
        if (!parameters.isEmpty()) {
            asked.set("parameters", parameters);
        }
        return asked;
    }

    /** Of causes no more than their kinds: their texts name people and hosts, and a registry may show them to everyone. */
    private ObjectNode chosen(BuiltPlatforms built) {
        ObjectNode chosen = Json.object();
        chosen.put("job", run.getParent().getFullName()).put("build", run.getNumber());
        ArrayNode causes = chosen.putArray("causes");
        run.getCauses().forEach(cause -> causes.add(cause.getClass().getSimpleName()));
        ArrayNode platforms = chosen.putArray("platforms");
        built.all().forEach(one -> {
            PlatformRecord record = one.record();
            ObjectNode platform = platforms
                    .addObject()
                    .put("image", record.getImage())
                    .put("platform", record.getPlatform())
                    .put("digest", one.image().manifest().digest().toString())
                    .put("agent", record.getAgent())
                    .put("builder", record.getBuilder());
            if (record.isEmulated()) {
                platform.put("emulated", true);
            }
        });
        return chosen;
    }

    /** The repository of the Pipeline first, then all else that was checked out, shared libraries, and what images were built of. */
    private List<ResourceDescriptor> dependencies(BuiltPlatforms built) {
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
        built.all().stream()
                .flatMap(one -> Material.read(one.record().getMaterials()).stream())
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
