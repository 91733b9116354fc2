package io.jenkins.plugins.multiarch.gate;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Records which image was tested, and later verifies that another is the same.
 *
 * <p>Only manifests and configurations are read, whatever the size of the layers; an image of a docker daemon is the
 * exception, because docker has no way to give less than the whole.
 */
public final class Gate {
    private final SubjectReader reader;
    private final Consumer<String> log;

    /** @param log gets one line for each image recorded or found to be the same */
    public Gate(Registry registry, Consumer<String> log) {
        this(registry, log, List.of("docker"));
    }

    /** @param docker how docker is called on this machine */
    Gate(Registry registry, Consumer<String> log, List<String> docker) {
        this.reader = new SubjectReader(registry, new DockerSave(docker));
        this.log = log;
    }

    /**
     * Writes down what an image is.
     *
     * @throws ReleaseException if it lacks a required platform, or is where manifests are lost and the mode needs one
     */
    public GateRecord record(GateSubject subject, GateMode mode, List<Platform> requiredPlatforms)
            throws IOException, InterruptedException {
        GateRecord record = take(subject, mode);
        refuseUnlessComplete(record, requiredPlatforms);
        log.accept("Recorded " + subject + " by mode " + mode + ": " + measured(record) + ".");
        return record;
    }

    /** Holds an image against the record, by the record's mode; a difference is a verdict, not an exception. */
    public GateVerdict verify(GateSubject subject, GateRecord recorded) throws IOException, InterruptedException {
        GateRecord found = take(subject, recorded.mode());
        Comparison comparison = Comparison.of(recorded, found);
        GateVerdict verdict = new GateVerdict(recorded, found, comparison.differences(), comparison.causes());
        if (verdict.isPassed()) {
            log.accept("Verified " + subject + " by mode " + recorded.mode() + ": the same as " + recorded.image()
                    + ", " + measured(found) + ".");
        }
        return verdict;
    }

    private GateRecord take(GateSubject subject, GateMode mode) throws IOException, InterruptedException {
        if (mode == GateMode.MANIFEST && subject.isWithoutManifest()) {
            throw new ReleaseException(
                    subject + " has no manifest digest: docker does not keep the one it had in a registry.",
                    "Gate it by mode config or rootfs, or hand the image over as oci-archive:FILE.");
        }
        SubjectReader.Taken taken = reader.read(subject);
        return new GateRecord(mode, subject.toString(), taken.digest(), taken.platforms());
    }

    private static void refuseUnlessComplete(GateRecord record, List<Platform> required) {
        List<Platform> has =
                record.platforms().stream().map(Fingerprint::platform).toList();
        List<Platform> missing = required.stream()
                .filter(asked -> has.stream().noneMatch(platform -> platform.satisfies(asked)))
                .toList();
        if (!missing.isEmpty()) {
            throw new ReleaseException(
                    record.image() + " was not recorded: it lacks " + Platform.list(missing) + " and has "
                            + Platform.list(has) + ".",
                    "Build what is missing, or take it out of requiredPlatforms.");
        }
    }

    private static String measured(GateRecord record) {
        GateMode mode = record.mode();
        if (mode == GateMode.MANIFEST) {
            return record.digest().map(Object::toString).orElse("none") + " ("
                    + Platform.list(record.platforms().stream()
                            .map(Fingerprint::platform)
                            .toList())
                    + ")";
        }
        return String.join(
                ", ",
                record.platforms().stream()
                        .map(platform -> platform.platform() + " " + platform.in(mode))
                        .toList());
    }
}
