package io.jenkins.plugins.multiarch.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells a whole release on a small image. */
@Command(
        name = "demo",
        header = "Tells a whole release on a small image: build, gate, publish, copy, promote, roll back.",
        description =
                "Every command it runs is shown and can be run by hand. Needs a registry that may be written to, in which"
                        + " it uses the repositories demo/hello and demo/mirror, and no container engine.",
        footer = "  multiarch-release demo --registry localhost:5000 --out demo")
final class DemoVerb extends Verb {

    @Option(
            names = "--registry",
            required = true,
            paramLabel = "HOST[:PORT]",
            description = "The registry, as in localhost:5000.")
    private String registry;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "Where to leave the release record, the report, verify.sh and the image as an OCI archive.")
    private Path folder;

    @Option(
            names = "--builder",
            defaultValue = "daemonless",
            paramLabel = "BUILDER",
            description = "What builds the image; daemonless unless said.")
    private Builder builder;

    DemoVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        Shell shell = new Shell(around(), registryArguments());
        DemoRecord record = new DemoStory(shell, registry(), registry, nearby(folder), builder).tell();
        print(record::toJson, () -> "");
    }

    /** As seen from here where it lies below, so that commands are short and records name no machine's paths. */
    private static Path nearby(Path folder) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = folder.toAbsolutePath().normalize();
        return whole.startsWith(here) ? here.relativize(whole) : folder;
    }
}
