package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.gate.Gate;
import io.jenkins.plugins.multiarch.gate.GateMode;
import io.jenkins.plugins.multiarch.gate.GateRecord;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The gate's work; files are looked for in the workspace and nowhere else. */
record DigestGateTask(
        String image,
        @CheckForNull String mode,
        @CheckForNull String record,
        @CheckForNull String verify,
        ArrayList<String> requiredPlatforms)
        implements RegistryTask<GateVerdict> {
    private static final long serialVersionUID = 1L;

    @Override
    public List<String> registries() {
        refuseUnclear();
        return GateSubject.parse(image) instanceof GateSubject.InRegistry subject
                ? List.of(subject.image().repository().registry())
                : List.of();
    }

    private void refuseUnclear() {
        if (mode != null) {
            GateMode.parse(mode);
        }
        Platform.parseAll(requiredPlatforms);
        if (verify != null && !requiredPlatforms.isEmpty()) {
            throw new ReleaseException(
                    "digestGate was given both verify and requiredPlatforms.",
                    "Give requiredPlatforms where the image is recorded; what the record holds is verified in full.");
        }
    }

    @Override
    public GateVerdict run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        GateSubject subject = subject(workspace);
        Optional<Path> target = record == null ? Optional.empty() : Optional.of(file(record, "record", workspace));
        GateRecord found = verify == null
                ? new Gate(registry, log).record(subject, asked(), Platform.parseAll(requiredPlatforms))
                : verified(new Gate(registry, log), subject, expected(workspace));
        if (target.isPresent()) {
            write(found, target.get());
        }
        return new GateVerdict(subject, found);
    }

    private GateMode asked() {
        return mode == null ? GateMode.MANIFEST : GateMode.parse(mode);
    }

    private GateSubject subject(Optional<Path> workspace) {
        GateSubject subject = GateSubject.parse(image);
        if (subject instanceof GateSubject.InRegistry) {
            return subject;
        }
        Path folder = workspace.orElseThrow(() -> new ReleaseException(
                "'" + Shown.of(image) + "' lies on a node, and digestGate was called outside node.",
                "Call it inside the node that has the image, or name an image in a registry."));
        return WorkspacePath.inside(folder, subject);
    }

    private GateRecord verified(Gate gate, GateSubject subject, GateRecord expected)
            throws IOException, InterruptedException {
        if (mode != null && expected.mode() != asked()) {
            throw new ReleaseException(
                    "The record of " + expected.image() + " was made by mode " + expected.mode()
                            + ", and digestGate was asked to verify by mode " + asked() + ".",
                    "Record the image by mode " + asked() + ", or leave mode out to verify as it was recorded.");
        }
        io.jenkins.plugins.multiarch.gate.GateVerdict verdict = gate.verify(subject, expected);
        verdict.refuseUnlessPassed();
        return verdict.found();
    }

    private GateRecord expected(Optional<Path> workspace) throws IOException {
        return verify.startsWith("{")
                ? GateRecord.parse(verify.getBytes(StandardCharsets.UTF_8))
                : GateRecord.read(file(verify, "verify", workspace));
    }

    private static void write(GateRecord found, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        found.write(file);
    }

    private static Path file(String path, String argument, Optional<Path> workspace) {
        Path folder = workspace.orElseThrow(() -> new ReleaseException(
                "The argument " + argument + " names the file '" + Shown.of(path)
                        + "', and digestGate was called outside node, where there is no workspace.",
                "Call it inside node, or hand over the record of the verdict that an earlier digestGate returned."));
        return WorkspacePath.inside(folder, Path.of(path), argument, "build/gate.json");
    }
}
