package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Builds images from a Dockerfile without a container engine and without emulation, for any platform on any machine:
 * everything that needs no command to be run. What it cannot do as BuildKit does it refuses, with the line and the builder
 * to use instead.
 *
 * <p>The same input gives the same digest on every machine: all that comes from the context belongs to 0:0 and has the time
 * {@link BuildRequest#created} (1970-01-01 unless set), entries are sorted, and {@link LayerWriter layers are compressed}
 * by code of our own. Permission bits are kept as they are in the context, as BuildKit keeps them; {@code COPY --chmod}
 * makes an image independent of the umask that a checkout was made with. Files out of images and archives keep their own
 * times and owners.
 */
public final class DaemonlessBuilder {
    private final Registry registry;
    private final Consumer<String> log;

    /** @param registry where base images come from, and what is built goes */
    public DaemonlessBuilder(Registry registry, Consumer<String> log) {
        this.registry = registry;
        this.log = log;
    }

    /**
     * Builds all platforms. Nothing is pushed; what is pushed or written has to be so before the result is closed.
     *
     * @throws ReleaseException if the Dockerfile asks for what cannot be done, or something is not there
     */
    public BuiltImages build(BuildRequest request) throws IOException, InterruptedException {
        Dockerfile dockerfile = Dockerfile.parse(read(request.dockerfile()));
        refuseUnlessFolder(request.context());
        SourceTree context = new FolderSource(
                request.context(), IgnoreRules.of(request.context(), request.dockerfile()), request.created());
        Path temporary = Files.createTempDirectory("daemonless");
        BaseImages bases = new BaseImages(registry, temporary);
        boolean done = false;
        try {
            LayerWriter writer = new LayerWriter(temporary);
            List<BuiltImage> images = new ArrayList<>();
            for (Platform platform : request.platforms()) {
                images.add(new PlatformBuild(request, dockerfile, platform, bases, writer, context, temporary).build());
            }
            done = true;
            return new BuiltImages(images, registry, log, () -> close(bases, temporary));
        } finally {
            if (!done) {
                close(bases, temporary);
            }
        }
    }

    private static String read(Path dockerfile) throws IOException {
        if (!Files.isRegularFile(dockerfile)) {
            throw new ReleaseException(
                    "There is no Dockerfile at " + dockerfile + ".", "Give its path, relative to the context or not.");
        }
        try (InputStream in = Files.newInputStream(dockerfile)) {
            return new String(in.readNBytes(4 * DockerfileParser.MAX_LENGTH + 4), StandardCharsets.UTF_8);
        }
    }

    private static void refuseUnlessFolder(Path context) {
        if (!Files.isDirectory(context)) {
            throw new ReleaseException(
                    "The context " + context + " is not a folder.", "Give the folder that the Dockerfile copies from.");
        }
    }

    private static void close(BaseImages bases, Path temporary) throws IOException {
        try (bases) {
            try (Stream<Path> files = Files.walk(temporary)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
