package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.gate.Gate;
import io.jenkins.plugins.multiarch.gate.GateMode;
import io.jenkins.plugins.multiarch.gate.GateRecord;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes down which image was tested. */
@Command(
        name = "record",
        header = "Writes down which image was tested, in a small file that can travel between jobs.",
        description = "Without --record, the record is printed.",
        footer = {
            "  multiarch-release gate record --image ghcr.io/acme/app@sha256:... --record tested.json",
            "  multiarch-release gate record --image docker-daemon:app:test --mode rootfs --record tested.json"
        })
final class GateRecordVerb extends Verb {

    @Option(
            names = "--image",
            required = true,
            paramLabel = "IMAGE",
            description =
                    "An image of a registry, or oci:FOLDER[:NAME], oci-archive:FILE[:NAME], docker-archive:FILE[:NAME],"
                            + " docker-daemon:NAME:TAG.")
    private GateSubject image;

    @Option(
            names = "--mode",
            defaultValue = "manifest",
            paramLabel = "MODE",
            description =
                    "What has to be the same: manifest (all bytes; the default), config (configuration and files) or"
                            + " rootfs (files).")
    private GateMode mode;

    @Option(
            names = "--required-platforms",
            split = ",",
            paramLabel = "PLATFORM",
            description = "Platforms that the image has to have.")
    private List<Platform> requiredPlatforms = new ArrayList<>();

    @Option(names = "--record", paramLabel = "FILE", description = "Where to write the record.")
    private Path file;

    GateRecordVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        GateRecord record = new Gate(registry(), log()).record(image, mode, requiredPlatforms);
        if (file != null) {
            record.write(file);
        }
        print(record::toJson, () -> file == null ? Json.pretty(record.toJson()).strip() : file.toString());
    }
}
