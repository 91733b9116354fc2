package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.builder.Cache;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What only builders that run commands need, and where bases and programs come from. */
final class EngineOptions {

    @Option(
            names = "--builder",
            defaultValue = "daemonless",
            paramLabel = "BUILDER",
            description =
                    "daemonless unless said, buildx, docker, buildah, podman, or auto for the first of those four that"
                            + " this machine has.")
    private Builder builder;

    @Option(names = "--emulate", description = "Let a builder run another architecture's programs under emulation.")
    private boolean emulate;

    @Option(
            names = "--base",
            paramLabel = "NAME=REFERENCE@DIGEST",
            description = "The exact image for a name in FROM or --from. May be repeated.")
    private Map<String, ImageRef> bases = new LinkedHashMap<>();

    @Option(
            names = "--prebuilt",
            paramLabel = "PLATFORM=FOLDER",
            description = "Programs compiled before, by platform or target triple: ARCH/PROGRAM in the named context"
                    + " artifacts. May be repeated.")
    private Map<String, Path> prebuilt = new LinkedHashMap<>();

    @Option(
            names = "--secret",
            paramLabel = "id=ID,env=VARIABLE|src=FILE",
            description = "A secret for RUN --mount=type=secret. May be repeated.")
    private List<SecretSource> secrets = new ArrayList<>();

    @Option(
            names = "--cache",
            paramLabel = "REPOSITORY[:BEGINNING]",
            description = "A cache in a registry, read and written, a tag for each platform.")
    private String cache;

    @Option(
            names = "--cache-mode",
            defaultValue = "max",
            paramLabel = "min|max",
            description = "Whether the cache holds the layers of the result or of all stages; max unless said.")
    private String cacheMode;

    @Option(names = "--cache-read-only", description = "Read the cache and do not write it.")
    private boolean cacheReadOnly;

    @Option(names = "--fresh", description = "Look for newer base images and use no cache.")
    private boolean fresh;

    @Option(names = "--network", paramLabel = "NETWORK", description = "The network of RUN: none, host or default.")
    private String network = "";

    /**
     * A secret by where it is.
     *
     * @param environment whether it is in a variable, not in a file
     */
    record SecretSource(String id, boolean environment, String place) {

        static SecretSource parse(String text) {
            String id = "";
            String place = "";
            boolean environment = false;
            for (String part : text.split(",", 2)) {
                if (part.startsWith("id=")) {
                    id = part.substring("id=".length());
                } else if (part.startsWith("env=") || part.startsWith("src=")) {
                    place = part.substring("env=".length());
                    environment = part.startsWith("env=");
                }
            }
            if (id.isEmpty() || place.isEmpty()) {
                throw new ReleaseException(
                        "'" + Shown.of(text) + "' is not a secret.",
                        "Write id=ID,env=VARIABLE or id=ID,src=FILE; never the secret itself.");
            }
            return new SecretSource(id, environment, place);
        }
    }

    Builder builder() {
        return builder;
    }

    /** Whether the daemonless builder can take it as it is, all platforms at once. */
    boolean isPlain() {
        return builder.isDaemonless() && prebuilt.isEmpty() && secrets.isEmpty();
    }

    boolean emulate() {
        return emulate;
    }

    Map<String, ImageRef> bases() {
        return bases;
    }

    Map<String, Path> prebuilt() {
        return prebuilt;
    }

    List<SecretSource> secrets() {
        return secrets;
    }

    Optional<Cache> cache() {
        return Optional.ofNullable(cache).map(place -> new Cache(place, cacheMode, true, !cacheReadOnly));
    }

    boolean fresh() {
        return fresh;
    }

    String network() {
        return network;
    }
}
