package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The builders in what a machine said. */
final class ProbedBuilders {
    private static final Pattern VERSION = Pattern.compile("v?([0-9]+)\\.([0-9]+)[0-9A-Za-z.+~-]*");
    private static final Map<String, String> MACHINES =
            Map.of("armv7l", "arm/v7", "armv6l", "arm/v6", "armv8l", "arm/v7", "mips64", "mips64le", "i586", "386");
    private static final Map<String, String> EMULATORS =
            Map.of("aarch64", "arm64", "x86_64", "amd64", "i386", "386", "mips64el", "mips64le", "mipsel", "mipsle");

    /** Up to here docker's own command speaks BuildKit, from here on it is the plugin buildx that does. */
    private static final int DOCKER_BUILDS_BY_BUILDX = 23;

    private final Probe probe;
    private final Set<String> emulators;

    ProbedBuilders(Probe probe) {
        this.probe = probe;
        this.emulators = probe.all("binfmt").stream()
                .map(name -> EMULATORS.getOrDefault(name, name))
                .collect(Collectors.toSet());
    }

    /** A container on a Mac, say, is Linux all the same. */
    Platform machine() {
        String arch = probe.first("machine").replaceFirst(".*/", "");
        return arch.isEmpty()
                ? Platform.parse("linux/amd64")
                : Platform.parse("linux/" + MACHINES.getOrDefault(arch, arch));
    }

    List<InstalledBuilder> all() {
        List<InstalledBuilder> all = new ArrayList<>();
        buildx().ifPresent(all::add);
        docker().ifPresent(all::add);
        podmanLike(BuilderKind.BUILDAH).ifPresent(all::add);
        podmanLike(BuilderKind.PODMAN).ifPresent(all::add);
        return all;
    }

    /** Why docker is there and cannot be used, or the empty text. */
    String dockerTrouble() {
        if (!probe.has("docker.client")) {
            return "";
        }
        if (!probe.has("docker.server")) {
            return "docker cannot reach its daemon: '" + Shown.of(probe.first("docker.error")) + "'";
        }
        return docker().isPresent() ? "" : "this docker has no BuildKit: its plugin buildx is missing";
    }

    private boolean hasBuildx() {
        return probe.has("buildx.version");
    }

    private Optional<InstalledBuilder> buildx() {
        boolean ownDaemon = !probe.first("buildx.driver").equals("docker");
        if (!hasBuildx() || !probe.has("buildx.driver") || !ownDaemon && !probe.has("docker.server")) {
            return Optional.empty();
        }
        String version = version(probe.first("buildx.version"));
        String driver = "driver " + probe.first("buildx.driver");
        Set<Feature> features = features(ownDaemon, true);
        String shown = version + ", " + driver + (ownDaemon ? "" : ", " + server());
        return Optional.of(builder(BuilderKind.BUILDX, shown, features));
    }

    private Optional<InstalledBuilder> docker() {
        boolean byBuildx = major(probe.first("docker.client")) >= DOCKER_BUILDS_BY_BUILDX;
        if (!probe.has("docker.server") || byBuildx && !hasBuildx()) {
            return Optional.empty();
        }
        return Optional.of(builder(
                BuilderKind.DOCKER,
                version(probe.first("docker.client")) + ", " + server(),
                features(false, byBuildx)));
    }

    private String server() {
        return "dockerd " + version(probe.first("docker.server"));
    }

    private InstalledBuilder builder(BuilderKind kind, String version, Set<Feature> features) {
        List<List<Platform>> nodes = nodes();
        List<Platform> natives = nodes.stream().map(node -> node.get(0)).toList();
        List<Platform> others = nodes.stream().flatMap(List::stream).toList();
        return new InstalledBuilder(
                kind, version, natives.isEmpty() ? List.of(serverPlatform()) : natives, others, emulators, features);
    }

    /** The platforms of each node, its own first. A builder that was not started yet says none. */
    private List<List<Platform>> nodes() {
        return probe.all("buildx.platforms").stream()
                .map(list -> Arrays.stream(list.replace("*", "").split(",", -1))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(Platform::parse)
                        .toList())
                .filter(list -> !list.isEmpty())
                .toList();
    }

    private Platform serverPlatform() {
        String platform = probe.first("docker.server").replaceFirst(".* ", "");
        return platform.isEmpty() ? machine() : Platform.parse(platform);
    }

    /** The containerd image store is what makes a daemon of Docker able to write OCI archives and caches. */
    private boolean hasStore() {
        return probe.first("docker.store").contains("io.containerd.snapshotter");
    }

    /**
     * @param ownDaemon whether BuildKit runs on its own, not inside dockerd
     * @param byBuildx whether the command line is buildx's
     */
    private Set<Feature> features(boolean ownDaemon, boolean byBuildx) {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        boolean whole = ownDaemon || hasStore();
        if (whole) {
            features.add(Feature.OCI_OUTPUT);
        }
        if (!byBuildx) {
            return features;
        }
        features.addAll(EnumSet.of(Feature.METADATA, Feature.CACHE_READ));
        if (whole || major(version(probe.first("docker.server"))) >= 23) {
            features.add(Feature.NAMED_CONTEXTS);
        }
        if (whole) {
            features.add(Feature.CACHE_WRITE);
        }
        if (whole && isAtLeast(version(probe.first("buildx.version")), 0, 12)) {
            features.add(Feature.ANNOTATIONS);
        }
        return features;
    }

    private Optional<InstalledBuilder> podmanLike(BuilderKind kind) {
        if (!probe.has(kind + ".version")) {
            return Optional.empty();
        }
        String version = version(probe.first(kind + ".version"));
        boolean podman = kind == BuilderKind.PODMAN;
        Set<Feature> features = EnumSet.of(Feature.OCI_OUTPUT, Feature.ANNOTATIONS);
        if (isAtLeast(version, podman ? 4 : 1, podman ? 2 : 26)) {
            features.add(Feature.NAMED_CONTEXTS);
        }
        if (isAtLeast(version, podman ? 4 : 1, podman ? 3 : 28)) {
            features.addAll(EnumSet.of(Feature.CACHE_READ, Feature.CACHE_WRITE));
        }
        return Optional.of(new InstalledBuilder(kind, version, List.of(machine()), List.of(), emulators, features));
    }

    /** The first version number in a text, which may be a line of words and addresses. */
    private static String version(String text) {
        Matcher found = VERSION.matcher(text);
        return found.find() ? found.group() : text;
    }

    private static int major(String version) {
        Matcher found = VERSION.matcher(version);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private static boolean isAtLeast(String version, int major, int minor) {
        Matcher found = VERSION.matcher(version);
        if (!found.find()) {
            return false;
        }
        int its = Integer.parseInt(found.group(1));
        return its > major || its == major && Integer.parseInt(found.group(2)) >= minor;
    }
}
