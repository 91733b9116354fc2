package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the daemonless builder shall build.
 *
 * @param context the folder that COPY and ADD copy from
 * @param target the stage to build, else the last
 * @param buildPlatform what {@code $BUILDPLATFORM} means. As nothing is run while building it says nothing about this
 *     machine, and is the same on all of them unless it is set.
 * @param contexts what names in FROM and {@code --from} stand for
 * @param labels added to the image's configuration
 * @param annotations added to each platform's manifest
 * @param created {@code SOURCE_DATE_EPOCH}: the time of the image and of all files that come from this machine
 */
public record BuildRequest(
        Path context,
        Path dockerfile,
        List<Platform> platforms,
        Optional<String> target,
        Platform buildPlatform,
        Map<String, String> buildArgs,
        Map<String, BuildContext> contexts,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant created) {
    private static final Platform BUILD_PLATFORM = Platform.parse("linux/amd64");

    public BuildRequest {
        platforms = platforms.stream().distinct().toList();
        buildArgs = Map.copyOf(buildArgs);
        contexts = Map.copyOf(contexts);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
        if (platforms.isEmpty()) {
            throw new ReleaseException(
                    "No platform was given to build for.", "Give at least one, as in linux/amd64,linux/arm64.");
        }
    }

    /** A build of the file {@code Dockerfile} in a folder, with nothing else said. */
    public static BuildRequest of(Path context, List<Platform> platforms) {
        return new BuildRequest(
                context,
                context.resolve("Dockerfile"),
                platforms,
                Optional.empty(),
                BUILD_PLATFORM,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Instant.EPOCH);
    }

    public BuildRequest withDockerfile(Path file) {
        return new BuildRequest(
                context, file, platforms, target, buildPlatform, buildArgs, contexts, labels, annotations, created);
    }

    public BuildRequest withTarget(String stage) {
        return new BuildRequest(
                context,
                dockerfile,
                platforms,
                Optional.of(stage),
                buildPlatform,
                buildArgs,
                contexts,
                labels,
                annotations,
                created);
    }

    public BuildRequest withBuildPlatform(Platform platform) {
        return new BuildRequest(
                context, dockerfile, platforms, target, platform, buildArgs, contexts, labels, annotations, created);
    }

    public BuildRequest withBuildArgs(Map<String, String> values) {
        return new BuildRequest(
                context, dockerfile, platforms, target, buildPlatform, values, contexts, labels, annotations, created);
    }

    public BuildRequest withContexts(Map<String, BuildContext> named) {
        return new BuildRequest(
                context, dockerfile, platforms, target, buildPlatform, buildArgs, named, labels, annotations, created);
    }

    public BuildRequest withLabels(Map<String, String> added) {
        return new BuildRequest(
                context,
                dockerfile,
                platforms,
                target,
                buildPlatform,
                buildArgs,
                contexts,
                added,
                annotations,
                created);
    }

    public BuildRequest withAnnotations(Map<String, String> added) {
        return new BuildRequest(
                context, dockerfile, platforms, target, buildPlatform, buildArgs, contexts, labels, added, created);
    }

    public BuildRequest withCreated(Instant time) {
        return new BuildRequest(
                context, dockerfile, platforms, target, buildPlatform, buildArgs, contexts, labels, annotations, time);
    }
}
