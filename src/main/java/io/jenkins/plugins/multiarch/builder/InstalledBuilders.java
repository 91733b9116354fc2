package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which builders a machine has, and which platforms they can build for.
 *
 * @param machine the platform of the machine itself
 * @param builders the preferred first
 * @param dockerTrouble why docker, which is there, cannot be used; empty if it can, or is not there
 */
public record InstalledBuilders(Platform machine, List<InstalledBuilder> builders, String dockerTrouble) {

    public InstalledBuilders {
        builders = List.copyOf(builders);
    }

    /** Asks the machine, with one short command that changes nothing. */
    public static InstalledBuilders probe(Commands commands) throws IOException, InterruptedException {
        return of(Probe.of(commands));
    }

    static InstalledBuilders of(Probe probe) {
        ProbedBuilders probed = new ProbedBuilders(probe);
        return new InstalledBuilders(probed.machine(), probed.all(), probed.dockerTrouble());
    }

    /**
     * The builder that the plan names, or the first of buildx, docker, buildah and podman that can build it. The daemonless
     * builder is left to what none of them is there for.
     *
     * @throws ReleaseException if it is not there, or cannot build for the platform
     */
    public ChosenBuilder choose(BuildPlan plan) {
        if (plan.builder().isPresent()) {
            return asked(plan.builder().get(), plan);
        }
        if (builders.isEmpty()) {
            return daemonless(
                    dockerTrouble.isEmpty()
                            ? "There is no docker, no buildah and no podman here."
                            : "There is no other that can be used here: " + dockerTrouble + ".");
        }
        Optional<InstalledBuilder> able = builders.stream()
                .filter(builder -> refusal(builder, plan).isEmpty())
                .findFirst();
        if (able.isEmpty()) {
            throw refusal(builders.get(0), plan).orElseThrow();
        }
        return chosen(able.get(), plan, "It is the first that can, of those here: " + names() + ".");
    }

    private ChosenBuilder asked(BuilderKind kind, BuildPlan plan) {
        if (kind == BuilderKind.DAEMONLESS) {
            return daemonless("It was asked for.");
        }
        InstalledBuilder builder = builders.stream()
                .filter(there -> there.kind() == kind)
                .findFirst()
                .orElseThrow(() -> missing(kind));
        refusal(builder, plan).ifPresent(refusal -> {
            throw refusal;
        });
        return chosen(builder, plan, "It was asked for.");
    }

    private ReleaseException missing(BuilderKind kind) {
        boolean docker = kind == BuilderKind.BUILDX || kind == BuilderKind.DOCKER;
        if (docker && !dockerTrouble.isEmpty()) {
            return new ReleaseException(
                    "The builder " + kind + " cannot be used here: " + dockerTrouble + ".",
                    "Start the daemon or let this user reach it, or install the plugin buildx; or take another builder.");
        }
        return new ReleaseException(
                "The builder " + kind + " is not on this machine; it has "
                        + (builders.isEmpty() ? "none but daemonless" : names()) + ".",
                "Install it there, or take another builder.");
    }

    private static Optional<ReleaseException> refusal(InstalledBuilder builder, BuildPlan plan) {
        Platform platform = plan.platform();
        if (!builder.runs(platform)) {
            return Optional.of(new ReleaseException(
                    builder.kind() + " here cannot run programs of " + platform + ": the machine is "
                            + builder.nativePlatforms() + " and has no emulator for them.",
                    "Build it on a machine of that architecture, or install an emulator, such as the package"
                            + " qemu-user-static."));
        }
        if (!builder.runsNatively(platform) && !plan.emulate()) {
            return Optional.of(new ReleaseException(
                    builder.kind() + " here would have to emulate " + platform + " on " + builder.nativePlatforms()
                            + ", which was not allowed.",
                    "Build it on a machine of that architecture, or allow emulation; without RUN, the builder daemonless"
                            + " needs neither."));
        }
        return contexts(builder, plan);
    }

    private static Optional<ReleaseException> contexts(InstalledBuilder builder, BuildPlan plan) {
        boolean podmanLike = builder.kind() == BuilderKind.BUILDAH || builder.kind() == BuilderKind.PODMAN;
        boolean named = builder.features().contains(Feature.NAMED_CONTEXTS);
        boolean layouts = plan.contexts().values().stream().anyMatch(PinnedDockerfile::isLayout);
        boolean folders = !plan.prebuilt().isEmpty() || !plan.contexts().isEmpty();
        if (layouts && (podmanLike || !named)) {
            return Optional.of(new ReleaseException(
                    builder.kind() + " " + builder.version() + " cannot take an image layout as build context.",
                    "Use buildx with Docker 23 or later, or the builder daemonless."));
        }
        if (folders && podmanLike && !named) {
            return Optional.of(new ReleaseException(
                    builder.kind() + " " + builder.version() + " cannot take named build contexts.",
                    "Update it: buildah to 1.26, podman to 4.2, or later."));
        }
        return Optional.empty();
    }

    private static ChosenBuilder chosen(InstalledBuilder builder, BuildPlan plan, String reason) {
        return new ChosenBuilder(
                builder.kind(), builder.version(), reason, !builder.runsNatively(plan.platform()), builder.features());
    }

    private static ChosenBuilder daemonless(String reason) {
        return new ChosenBuilder(BuilderKind.DAEMONLESS, "", reason, false, Set.of());
    }

    private String names() {
        return builders.stream().map(builder -> builder.kind().toString()).collect(Collectors.joining(", "));
    }
}
