package io.jenkins.plugins.multiarch.controller;

import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Pipelines with a Dockerfile whose RUN asks a server and gets no answer until it is let go; for real builders. */
final class WaitingRuns implements AutoCloseable {
    private final FakeRegistry server = FakeRegistry.start();
    private final Repository base;

    /** @param folder for a base image with busybox in it, which is pushed */
    WaitingRuns(Path folder) throws IOException, InterruptedException {
        RealTools.require("arm64");
        base = new Repository(RealTools.registry("registry"), "loss/" + UUID.randomUUID());
        server.on("GET", "/v2/*/manifests/*").always().fail(Fault.hang());
        for (String arch : List.of("AMD64", "ARM64")) {
            Path root = Path.of(System.getenv("ENGINES_BASE_" + arch));
            Files.copy(root, folder.resolve("root-" + arch.toLowerCase(java.util.Locale.ROOT) + ".tar"));
        }
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nARG TARGETARCH\nADD root-$TARGETARCH.tar /\n");
        List<Platform> platforms = Platform.parseAll(List.of("linux/amd64", "linux/arm64"));
        Registry registry = HttpRegistry.builder().build();
        try (BuiltImages images =
                new DaemonlessBuilder(registry, line -> {}).build(BuildRequest.of(folder, platforms))) {
            new IndexAssembly(registry, line -> {})
                    .publish(new IndexRequest(base, images.push(base), List.of(new Tag("1")), platforms, Map.of()));
        }
    }

    /** A Pipeline that builds for both platforms, on a network where the server is. */
    String pipeline(String job, String arguments) {
        return """
                node('built-in') {
                  writeFile file: 'Dockerfile', text: '''FROM %1$s:1
                RUN echo "began $(uname -m)" && wget -q -O /dev/null %2$s/v2/%3$s/manifests/$(uname -m) || true
                '''
                  stash 'source'
                }
                buildMultiArch image: '%4$s', source: 'stash:source', emulate: true, network: 'host', %5$s
                """.formatted(base, server.url(), job, image(job), arguments);
    }

    String image(String job) {
        return RealTools.registry("registry") + "/" + base.path() + "-" + job;
    }

    void letGo() {
        server.release();
    }

    /** How many RUNs of this job were let go on this machine: x86_64 or aarch64. */
    int ended(String job, String machine) {
        return server.requests("GET", "/v2/" + job + "/manifests/" + machine).size();
    }

    /** Processes of a job that are there now, each with its command line. */
    static List<String> processes(String job) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains("/workspace/" + job) || line.contains("/v2/" + job + "/manifests/"))
                .toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
