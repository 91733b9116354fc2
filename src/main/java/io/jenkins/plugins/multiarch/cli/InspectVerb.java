package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a tag or digest leads to. */
@Command(
        name = "inspect",
        header = "Shows an image: type, digest, platforms, attestations and referrers.",
        description = "With --raw, prints the manifest's exact bytes, so that 'sha256sum' gives its digest.",
        footer = "  multiarch-release inspect ghcr.io/acme/app:1.4")
final class InspectVerb extends Verb {

    @Parameters(paramLabel = "IMAGE", description = "The image, by tag or digest.")
    private ImageRef image;

    @Option(names = "--raw", description = "Print the manifest's bytes as they are, and nothing else.")
    private boolean raw;

    InspectVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        Registry registry = registry();
        Manifest manifest = registry.get(image);
        if (raw) {
            around().out().write(manifest.bytes());
            around().out().flush();
            return;
        }
        Inspection inspection = Inspection.of(registry, image, manifest);
        print(inspection::toJson, inspection::toString);
    }
}
