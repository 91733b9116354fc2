package io.jenkins.plugins.multiarch.controller;

import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Images for two platforms, made once, and Pipelines whose own build copies them: when they are allowed to, and counting how
 * often they were asked.
 */
final class PreparedImages {
    private final Path folder;
    private final Map<String, Digest> digests = new HashMap<>();

    /** @param folder without blanks in its path */
    PreparedImages(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        for (String arch : List.of("amd64", "arm64")) {
            digests.put(arch, prepare(arch));
        }
    }

    private Digest prepare(String arch) throws IOException, InterruptedException {
        Path context = Files.createDirectories(folder.resolve("context-" + arch));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /\n");
        BuildRequest request = BuildRequest.of(context, List.of(Platform.parse("linux/" + arch)));
        Path file = folder.resolve(arch + ".tar");
        try (BuiltImages images = new DaemonlessBuilder(HttpRegistry.builder().build(), line -> {}).build(request);
                OciLayoutWriter archive = OciLayoutWriter.archive(file)) {
            images.write(archive, images.root("", List.of(), Map.of()), "");
            archive.finish();
            return images.images().get(0).digest();
        }
    }

    Digest digest(String arch) {
        return digests.get(arch);
    }

    /** A Pipeline that says the result; what builds a platform blocks until its architecture is let go. */
    String pipeline(String job, String image, String arguments) {
        return pipelineThat(job, image, """
                until [ -e '%1$s/go-%2$s-${p.arch}' ] || [ -e '%1$s/go-%2$s' ]; do sleep 0.2; done
                """.formatted(folder, job), arguments);
    }

    /** @param waiting lines of shell that a build of a platform begins with */
    String pipelineThat(String job, String image, String waiting, String arguments) {
        return """
                def image
                node('built-in') {
                  writeFile file: 'Dockerfile', text: 'FROM scratch'
                  stash 'source'
                }
                image = buildMultiArch image: '%1$s', source: 'stash:source', %2$s,
                    build: { p ->
                      sh \"""
                        printf . >> '%3$s/builds-%4$s-${p.arch}'
                        echo "began ${p.platform}"
                        %5$s
                        cp '%3$s/${p.arch}.tar' '${p.archive}'
                      \"""
                    }
                echo 'published ' + image + ' for ' + image.platforms.collect { it.platform + ' ' + it.digest + (it.emulated ? ' emulated' : '') }
                """.formatted(image, arguments, folder, job, waiting);
    }

    void letGo(String job) throws IOException {
        Files.createFile(folder.resolve("go-" + job));
    }

    /** Lets one architecture alone go on. */
    void letGo(String job, String arch) throws IOException {
        Files.createFile(folder.resolve("go-" + job + "-" + arch));
    }

    /** How often this job began to build for an architecture. */
    long builds(String job, String arch) throws IOException {
        Path marks = folder.resolve("builds-" + job + "-" + arch);
        return Files.exists(marks) ? Files.size(marks) : 0;
    }
}
