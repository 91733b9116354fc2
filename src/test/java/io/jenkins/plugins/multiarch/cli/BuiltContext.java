package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A folder with a Dockerfile of two stages, which the verb {@code build} builds, and a registry in this process to push to. */
final class BuiltContext implements AutoCloseable {
    final FakeRegistry registry = FakeRegistry.start();
    final Path folder;
    /** The repository to push to, with the address of the registry. */
    final String app = registry.address() + "/acme/app";

    private BuiltContext(Path folder) {
        this.folder = folder;
    }

    static BuiltContext in(Path parent) throws IOException {
        Path folder = Files.createDirectories(parent.resolve("context"));
        Files.writeString(folder.resolve("greeting.txt"), "hello\n");
        Files.writeString(folder.resolve("Dockerfile"), """
                FROM scratch AS base
                ARG TARGETARCH
                ARG VERSION=none
                LABEL arch=$TARGETARCH version=$VERSION
                COPY --chmod=0644 greeting.txt /greeting.txt
                FROM base
                ENTRYPOINT ["/greeting.txt"]
                """);
        return new BuiltContext(folder);
    }

    CommandLineRun build(String... arguments) {
        return CommandLineRun.of(with(arguments, "build", "--context", folder.toString()));
    }

    /** Asserts that arguments are refused, with this message and a word about the help. */
    void wrong(String message, String... arguments) {
        CommandLineRun run = build(arguments);

        assertThat(run.err()).isEqualTo(message + "\nSee 'multiarch-release build --help'.\n");
        assertThat(run.code()).isEqualTo(2);
    }

    /** Arguments behind the first ones. */
    static String[] with(String[] arguments, String... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(arguments)).toArray(String[]::new);
    }

    List<Digest> children(Digest index) {
        return ((ImageIndex) manifest(index))
                .manifests().stream().map(child -> child.digest()).toList();
    }

    int size(Digest digest) {
        return registry.manifest("acme/app", digest).orElseThrow().length;
    }

    Manifest manifest(Digest digest) {
        return Manifest.parse(registry.manifest("acme/app", digest).orElseThrow(), "");
    }

    JsonNode config(Manifest image) {
        String address = "http://" + app.replace("/acme", "/v2/acme") + "/blobs/"
                + image.children().get(0).digest();
        try (var content = URI.create(address).toURL().openStream()) {
            return Json.read(content.readAllBytes(), "The configuration");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
