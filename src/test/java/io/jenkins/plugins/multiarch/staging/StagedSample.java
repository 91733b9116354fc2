package io.jenkins.plugins.multiarch.staging;

import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Images of one repository, staged in a folder as 'app'. */
record StagedSample(InMemoryRegistry registry, SampleImages images, List<String> log, Path folder) {
    static final Repository APP = Repository.parse("ghcr.io/acme/app");
    static final Repository MIRROR = Repository.parse("registry.example.com/mirror/app");
    static final Origin ORIGIN = new Origin("acme/app", "42", Instant.parse("2026-11-20T10:00:00Z"));
    static final Platform AMD64 = Platform.parse("linux/amd64");
    static final Platform ARM64 = Platform.parse("linux/arm64");

    /** Stages into a folder that need not be there. */
    static StagedSample in(Path folder) {
        InMemoryRegistry registry = new InMemoryRegistry();
        return new StagedSample(registry, new SampleImages(registry, APP), new ArrayList<>(), folder);
    }

    /** Of AMD64 and ARM64, with an attestation. */
    Manifest twoPlatforms() throws InterruptedException {
        ImageManifest amd64 = images.image("linux/amd64", "base", "amd64");
        ImageManifest arm64 = images.image("linux/arm64", "base", "arm64");
        return images.prettyDockerList(
                amd64.descriptor().withPlatform(AMD64),
                arm64.descriptor().withPlatform(ARM64),
                images.attestation(amd64, false));
    }

    StageRecord stage(Manifest image, Platform... platforms) throws IOException, InterruptedException {
        return stage(GateSubject.parse(APP + "@" + image.digest()), platforms);
    }

    StageRecord stage(GateSubject subject, Platform... platforms) throws IOException, InterruptedException {
        return new Staging(registry, log::add).stage("app", subject, List.of(platforms), folder, ORIGIN);
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    Unstaging unstaging() throws IOException {
        return Unstaging.open(
                StageRecord.read(file -> Files.readAllBytes(folder.resolve(file)), "'app'"), folder, log::add);
    }
}
