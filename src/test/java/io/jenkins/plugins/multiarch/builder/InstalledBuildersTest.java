package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstalledBuildersTest {
    private static final String OLD_DOCKER = """
            machine=Linux/x86_64
            binfmt=aarch64
            docker.client=20.10.24
            docker.server=20.10.24+dfsg1 linux/amd64
            docker.store=[[Backing Filesystem extfs]]
            """;
    private static final String BUILDX = """
            buildx.version=github.com/docker/buildx v0.13.1 abc1234
            buildx.driver=docker
            buildx.platforms=linux/amd64, linux/amd64/v2, linux/arm64, linux/386
            """;
    private static final String NEW_DOCKER = """
            machine=Linux/x86_64
            docker.client=28.2.2
            docker.server=28.2.2 linux/amd64
            docker.store=[[driver-type io.containerd.snapshotter.v1]]
            """ + BUILDX;
    private static final String BUILDAH = """
            machine=Linux/aarch64
            buildah.version=buildah version 1.28.2 (image-spec 1.1.0-rc2, runtime-spec 1.0.2-dev)
            """;
    private static final String PODMAN = "podman.version=podman version 4.1.0\n";

    private static ChosenBuilder choose(String probed, SamplePlan plan) {
        return InstalledBuilders.of(Probe.parse(probed)).choose(plan.plan());
    }

    private static void refuses(String probed, SamplePlan plan, String message) {
        assertThatThrownBy(() -> choose(probed, plan))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(message);
    }

    private static SamplePlan amd64() {
        return new SamplePlan("linux/amd64");
    }

    private static SamplePlan arm64() {
        return new SamplePlan("linux/arm64");
    }

    @Test
    void prefersBuildxAndSaysWhatElseThereIs() {
        ChosenBuilder chosen = choose(OLD_DOCKER + BUILDX + BUILDAH + PODMAN, amd64());

        assertThat(chosen.kind()).isEqualTo(BuilderKind.BUILDX);
        assertThat(chosen.version()).isEqualTo("v0.13.1, driver docker, dockerd 20.10.24+dfsg1");
        assertThat(chosen.reason())
                .isEqualTo("It is the first that can, of those here: buildx, docker, buildah, podman.");
        assertThat(chosen.emulated()).isFalse();
    }

    @Test
    void knowsWhatADaemonWithoutTheContainerdStoreCannotDo() {
        assertThat(choose(OLD_DOCKER + BUILDX, amd64()).features())
                .containsExactlyInAnyOrder(Feature.METADATA, Feature.CACHE_READ);
        assertThat(choose(OLD_DOCKER, amd64()).features()).isEmpty();
        assertThat(choose(NEW_DOCKER, amd64()).features()).containsExactlyInAnyOrder(Feature.values());
        assertThat(choose(NEW_DOCKER.replace("io.containerd.snapshotter", "none"), amd64())
                        .features())
                .containsExactlyInAnyOrder(Feature.METADATA, Feature.CACHE_READ, Feature.NAMED_CONTEXTS);
    }

    @Test
    void takesABuildKitOfItsOwnWithoutADaemon() {
        String own = """
                machine=Linux/x86_64
                docker.client=28.2.2
                docker.error=Cannot connect
                buildx.version=github.com/docker/buildx v0.20.0 abc
                buildx.driver=remote
                buildx.platforms=linux/amd64*, linux/386
                buildx.platforms=linux/arm64, linux/arm/v7
                """;

        assertThat(choose(own, arm64()).emulated()).isFalse();
        assertThat(choose(own, amd64()).features()).containsExactlyInAnyOrder(Feature.values());
        assertThat(choose(own, new SamplePlan("linux/arm/v7")).emulated()).isFalse();
    }

    @Test
    void emulatesOnlyWhereThatWasAllowed() {
        assertThat(choose(OLD_DOCKER + BUILDX, arm64().set("emulate", true)).emulated())
                .isTrue();
        assertThat(choose(OLD_DOCKER, arm64().set("emulate", true)).emulated()).isTrue();
        refuses(
                OLD_DOCKER + BUILDX,
                arm64(),
                "buildx here would have to emulate linux/arm64 on linux/amd64, which was not allowed. Build it on a machine"
                        + " of that architecture, or allow emulation; without RUN, the builder daemonless needs neither.");
    }

    @Test
    void refusesWhatCannotBeEmulated() {
        refuses(
                BUILDAH,
                new SamplePlan("linux/s390x").set("emulate", true),
                "buildah here cannot run programs of linux/s390x: the machine is linux/arm64 and has no emulator for them."
                        + " Build it on a machine of that architecture, or install an emulator, such as the package"
                        + " qemu-user-static.");
    }

    @Test
    void runs386OnAmd64WithoutEmulation() {
        assertThat(choose(OLD_DOCKER, new SamplePlan("linux/386")).emulated()).isFalse();
    }

    @Test
    void runsVariantsOfItsOwnArchitectureWithoutEmulation() {
        String v7 = "machine=Linux/armv7l\nbuildah.version=buildah version 1.28.2\n";
        String amd64 = BUILDAH.replace("aarch64", "x86_64");

        assertThat(choose(NEW_DOCKER, new SamplePlan("linux/amd64/v2")).emulated())
                .isFalse();
        assertThat(choose(amd64, new SamplePlan("linux/amd64/v3")).emulated()).isFalse();
        assertThat(choose(v7, new SamplePlan("linux/arm/v6")).emulated()).isFalse();
    }

    @Test
    void doesNotTakeAnyProcessorForOneOfALaterVariant() {
        String v6 = "machine=Linux/armv6l\nbuildah.version=buildah version 1.28.2\n";

        refuses(
                NEW_DOCKER,
                new SamplePlan("linux/amd64/v3"),
                "buildx here cannot run programs of linux/amd64/v3: the machine is linux/amd64 and has no emulator for"
                        + " them. Build it on a machine of that architecture, or install an emulator, such as the package"
                        + " qemu-user-static.");
        refuses(
                v6,
                new SamplePlan("linux/arm/v7"),
                "buildah here cannot run programs of linux/arm/v7: the machine is linux/arm/v6 and has no emulator for"
                        + " them. Build it on a machine of that architecture, or install an emulator, such as the package"
                        + " qemu-user-static.");
        assertThat(choose(
                                NEW_DOCKER.replace("linux/386", "linux/amd64/v3") + "binfmt=x86_64\n",
                                new SamplePlan("linux/amd64/v3").set("emulate", true))
                        .emulated())
                .isTrue();
    }

    @Test
    void takesTheNextWhereTheFirstCannot() {
        String both = OLD_DOCKER.replace("binfmt=aarch64\n", "").replace("linux/amd64", "linux/arm64")
                + BUILDAH.replace("aarch64", "x86_64");

        assertThat(choose(both, amd64()).kind()).isEqualTo(BuilderKind.BUILDAH);
    }

    @Test
    void leavesWhatNobodyElseIsThereForToTheDaemonlessBuilder() {
        assertThat(choose("machine=Linux/x86_64\n", arm64()))
                .isEqualTo(new ChosenBuilder(
                        BuilderKind.DAEMONLESS,
                        "",
                        "There is no docker, no buildah and no podman here.",
                        false,
                        java.util.Set.of()));
        assertThat(choose("machine=Linux/x86_64\ndocker.client=20.10.5\ndocker.error=no socket\n", arm64())
                        .reason())
                .isEqualTo("There is no other that can be used here: docker cannot reach its daemon: 'no socket'.");
        assertThat(choose(NEW_DOCKER, arm64().set("builder", "daemonless")).reason())
                .isEqualTo("It was asked for.");
    }

    @Test
    void refusesABuilderThatIsNotThere() {
        refuses(
                BUILDAH + PODMAN,
                arm64().set("builder", "buildx"),
                "The builder buildx is not on this machine; it has buildah, podman. Install it there, or take another"
                        + " builder.");
        refuses(
                "machine=Linux/x86_64\n",
                arm64().set("builder", "podman"),
                "The builder podman is not on this machine; it has none but daemonless. Install it there, or take another"
                        + " builder.");
        refuses(
                "machine=Linux/x86_64\ndocker.client=28.0.1\ndocker.server=28.0.1 linux/amd64\n",
                amd64().set("builder", "docker"),
                "The builder docker cannot be used here: this docker has no BuildKit: its plugin buildx is missing. Start"
                        + " the daemon or let this user reach it, or install the plugin buildx; or take another builder.");
    }

    @Test
    void refusesContextsThatABuilderCannotTake() {
        refuses(
                PODMAN.replace("4.1", "3.4") + BUILDAH.replace("1.28.2", "1.23.1"),
                arm64().put("contexts", "more", "x"),
                "buildah 1.23.1 cannot take named build contexts. Update it: buildah to 1.26, podman to 4.2, or later.");
        refuses(
                BUILDAH,
                arm64().put("contexts", "more", "oci-layout://x"),
                "buildah 1.28.2 cannot take an image layout as build context. Use buildx with Docker 23 or later, or the"
                        + " builder daemonless.");
    }

    @Test
    void asksARealMachine() throws IOException, InterruptedException {
        LocalCommands nothing = new LocalCommands(Path.of("."), Map.of("PATH", "/nowhere:/usr/bin:/bin"));

        assertThat(InstalledBuilders.probe(nothing).machine().os()).isEqualTo("linux");
    }

    @Test
    void saysWhenAMachineCannotBeAsked() {
        Commands broken = (command, limit) -> new Commands.Answer(127, "", "sh: not found");

        assertThatThrownBy(() -> InstalledBuilders.probe(broken))
                .hasMessage(
                        "Which builders this machine has could not be found out: sh ended with 127 and said 'sh: not"
                                + " found'. Run docker version, docker buildx inspect and buildah --version on it by hand.");
    }

    @Test
    void handsAChoiceOnAsJson() {
        ChosenBuilder chosen = choose(NEW_DOCKER, arm64().set("emulate", true));

        assertThat(ChosenBuilder.parse(chosen.toJson())).isEqualTo(chosen);
    }
}
