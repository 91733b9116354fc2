package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.retention.Archive;
import io.jenkins.plugins.multiarch.retention.RestoreReport;
import io.jenkins.plugins.multiarch.retention.Restoring;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings back what was pruned. */
@Command(
        name = "restore",
        header = "Brings back what was pruned, as far as the registry still has it.",
        description =
                "Puts manifests of an archive back, and their tags, unless they lead somewhere else by now. Registries keep"
                        + " blobs until they collect their garbage; GitHub keeps deleted versions for 30 days.",
        footer = {
            "  multiarch-release restore --archive pruned.jsonl",
            "  multiarch-release restore --archive pruned.jsonl --repositories ghcr.io/acme/app"
        })
final class RestoreVerb extends Verb {

    @Option(
            names = "--archive",
            required = true,
            paramLabel = "FILE",
            description = "What prune wrote before it deleted.")
    private Path archive;

    @Option(names = "--repositories", split = ",", paramLabel = "REPOSITORY", description = "Only what was in these.")
    private List<Repository> repositories = new ArrayList<>();

    @Mixin
    private StoreOptions stores;

    RestoreVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        HttpRegistry registry = stores.registry(this);
        RestoreReport report = new Restoring(registry, stores.stores(this, registry, host()), log())
                .restore(archive, one -> repositories.isEmpty() || repositories.contains(one.repository()));
        print(report::toJson, () -> String.join(System.lineSeparator(), report.restored()));
        if (!report.left().isEmpty()) {
            throw new ReleaseException(
                    report.left().size() + " manifests or tags were not restored.",
                    "See above why; what the registry no longer has can only be built again.");
        }
    }

    /** The registry of the first repository, of those in the archive where none is named. */
    private String host() throws IOException, InterruptedException {
        Set<String> hosts = new LinkedHashSet<>();
        repositories.forEach(repository -> hosts.add(repository.registry()));
        if (hosts.isEmpty()) {
            Archive.read(archive, one -> hosts.add(one.repository().registry()));
        }
        return hosts.stream().findFirst().orElse("");
    }
}
