package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.RegistryDoctor;
import io.jenkins.plugins.multiarch.registry.RegistryReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a registry really does. */
@Command(
        name = "doctor",
        header = "Tells what a registry really does, and what follows from that.",
        description = "Reads only, unless --write allows to try out the rest with a few small manifests.",
        footer = "  multiarch-release doctor --write registry.acme.com/acme/scratch")
final class DoctorVerb extends Verb {

    @Parameters(
            paramLabel = "REPOSITORY",
            description = "A repository of the registry; with --write best one of its own.")
    private Repository repository;

    @Option(
            names = "--write",
            description = "Push a blob of 42 bytes and a few manifests, one of 4 MiB, and remove them again.")
    private boolean write;

    DoctorVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        RegistryDoctor doctor = registry().doctor();
        RegistryReport report = write ? doctor.tryOut(repository) : doctor.look(repository);
        print(report::toJson, () -> String.join("\n", report.lines()));
    }
}
