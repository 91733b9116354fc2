package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.gate.Gate;
import io.jenkins.plugins.multiarch.gate.GateRecord;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.gate.GateVerdict;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Refuses an image that is not the one recorded, and says what differs. */
@Command(
        name = "verify",
        header = "Refuses an image that is not the one recorded, and says what differs.",
        description = "Compares by the record's mode. Prints the image, by its digest, where it is the same.",
        footer = "  multiarch-release gate verify --image ghcr.io/acme/app:1.4 --record tested.json")
final class GateVerifyVerb extends Verb {

    @Option(
            names = "--image",
            required = true,
            paramLabel = "IMAGE",
            description =
                    "An image of a registry, or oci:FOLDER[:NAME], oci-archive:FILE[:NAME], docker-archive:FILE[:NAME],"
                            + " docker-daemon:NAME:TAG.")
    private GateSubject image;

    @Option(names = "--record", required = true, paramLabel = "FILE", description = "What 'gate record' wrote.")
    private Path file;

    GateVerifyVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        GateVerdict verdict = new Gate(registry(), log()).verify(image, GateRecord.read(file));
        print(verdict::toJson, () -> verdict.isPassed() ? pinned(verdict) : "");
        verdict.refuseUnlessPassed();
    }

    /** By its digest where it has one, so that what is done next is done to what was verified. */
    private String pinned(GateVerdict verdict) {
        return image instanceof GateSubject.InRegistry registered
                ? verdict.found()
                        .digest()
                        .map(digest -> registered.image().at(digest).toString())
                        .orElse(verdict.found().image())
                : verdict.found().image();
    }
}
