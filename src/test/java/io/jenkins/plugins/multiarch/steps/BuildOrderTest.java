package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groovy.lang.Closure;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.BuilderKind;
import io.jenkins.plugins.multiarch.builder.Cache;
import io.jenkins.plugins.multiarch.builder.Secret;
import io.jenkins.plugins.multiarch.config.AgentLabels;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BuildOrderTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);
    private static final AgentLabels GLOBAL = new AgentLabels(Map.of("linux", "docker"));

    private static BuildMultiArchStep step(Consumer<BuildMultiArchStep> said) {
        BuildMultiArchStep step = new BuildMultiArchStep("ghcr.io/acme/app");
        said.accept(step);
        return step;
    }

    private static BuildOrder order(BuildMultiArchStep step) {
        return BuildOrder.of(
                step, new BuildOrder.Surroundings("multiarch-7-12", GLOBAL, false, false, ids -> Map.of()));
    }

    private static BuildOrder ofPullRequest(BuildMultiArchStep step) {
        return BuildOrder.of(step, new BuildOrder.Surroundings("multiarch-7-12", GLOBAL, true, false, ids -> Map.of()));
    }

    private static BuildPlan plan(BuildMultiArchStep step) {
        return order(step).cells().get(0).plan();
    }

    private static void isRefused(BuildMultiArchStep step, String message) {
        assertThatThrownBy(() -> order(step))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(message);
    }

    @Test
    void buildsTwoPlatformsOfTheWorkspaceUnlessSaid() {
        BuildOrder order = order(step(step -> {}));

        assertThat(order.cells()).extracting(BuildCell::name).containsExactly("linux/amd64", "linux/arm64");
        assertThat(order.cells())
                .extracting(BuildCell::id)
                .containsExactly("multiarch-7-12-linux-amd64", "multiarch-7-12-linux-arm64");
        BuildPlan plan = order.cells().get(0).plan();
        assertThat(plan.context()).isEqualTo(".");
        assertThat(plan.dockerfilePath()).isEqualTo("Dockerfile");
        assertThat(plan.builder()).isEmpty();
        assertThat(order.cells().get(0).delivery()).isEqualTo(new BuildCell.Delivery("ghcr.io/acme/app", "", "", ""));
    }

    @Test
    void putsEveryArgumentIntoThePlan() {
        BuildPlan plan = plan(step(step -> {
            step.setContext("app");
            step.setDockerfile("app/Dockerfile.release");
            step.setTarget("runtime");
            step.setBuildArgs(List.of("VERSION=1.4"));
            step.setContexts(List.of("assets=build/assets"));
            step.setBaseImages(List.of("base=ghcr.io/acme/base@" + DIGEST));
            step.setPrebuilt(List.of("linux/amd64=out/amd64"));
            step.setLabels(List.of("a=b"));
            step.setNetwork("none");
            step.setBuilder("buildah");
            step.setEmulate(true);
            step.setFresh(true);
            step.setSourceDateEpoch(1_700_000_000L);
        }));

        assertThat(plan.context()).isEqualTo("app");
        assertThat(plan.dockerfilePath()).isEqualTo("app/Dockerfile.release");
        assertThat(plan.target()).contains("runtime");
        assertThat(plan.buildArgs()).containsExactly(Map.entry("VERSION", "1.4"));
        assertThat(plan.contexts()).containsExactly(Map.entry("assets", "build/assets"));
        assertThat(plan.baseImages()).containsExactly(Map.entry("base", ImageRef.parse("ghcr.io/acme/base@" + DIGEST)));
        assertThat(plan.prebuilt()).containsExactly(Map.entry("linux/amd64", "out/amd64"));
        assertThat(plan.labels()).containsExactly(Map.entry("a", "b"));
        assertThat(plan.network()).isEqualTo("none");
        assertThat(plan.builder()).contains(BuilderKind.BUILDAH);
        assertThat(plan.emulate()).isTrue();
        assertThat(plan.fresh()).isTrue();
        assertThat(plan.sourceDateEpoch()).hasValue(1_700_000_000L);
    }

    @Test
    void namesCredentialsOfSecretsAndNotTheirValues() {
        BuildMultiArchStep step = step(s -> s.setSecrets(List.of("npm=npm-token")));
        Map<String, Secret> secrets = Map.of("npm", new Secret("MULTIARCH_SECRET_1", false));

        BuildCell cell = BuildOrder.of(step, new BuildOrder.Surroundings("id", GLOBAL, false, false, ids -> secrets))
                .cells()
                .get(0);

        assertThat(cell.secrets()).containsExactly(Map.entry("npm", "npm-token"));
        assertThat(cell.plan().secrets()).isEqualTo(secrets);
    }

    @Test
    void believesTheStepBeforeTheGlobalConfiguration() {
        BuildOrder order = order(step(step -> {
            step.setAgents(List.of("linux/arm64=arch-arm64", "default=emulators"));
            step.setOnUnavailable("emulate");
            step.setWaitMinutes(5);
        }));

        assertThat(order.cells()).extracting(cell -> cell.placement().label()).containsExactly("docker", "arch-arm64");
        assertThat(order.cells().get(1).placement())
                .isEqualTo(new BuildCell.Placement("arch-arm64", "emulators", Unavailable.EMULATE, false, 5));
    }

    @Test
    void asksForTheAgentsOfAPlatform() {
        isRefused(
                step(step -> step.setPlatforms(List.of("windows/amd64"))),
                "Nothing says which agents build windows/amd64. Give their label, as in agents: ['windows/amd64':"
                        + " 'arch-amd64'], or have it set once for all jobs in the global configuration.");
    }

    @Test
    void needsNoLabelInsideANode() {
        BuildMultiArchStep step = step(s -> s.setPlatforms(List.of("windows/amd64")));

        BuildOrder order = BuildOrder.of(step, new BuildOrder.Surroundings("id", GLOBAL, false, true, ids -> Map.of()));

        assertThat(order.cells().get(0).placement().label()).isEmpty();
    }

    @Test
    void writesNothingForAPullRequest() {
        BuildMultiArchStep step = step(s -> {
            s.setOutputs(List.of("registry", "oci-archive:app"));
            s.setCache(new BuildCache("ghcr.io/acme/cache"));
        });

        BuildOrder order = ofPullRequest(step);

        assertThat(order.cells()).allSatisfy(cell -> {
            assertThat(cell.delivery()).isEqualTo(new BuildCell.Delivery("", "", "app", ""));
            assertThat(cell.plan().cache()).contains(new Cache("ghcr.io/acme/cache", "max", true, false));
        });
    }

    @Test
    void refusesToPublishAPullRequest() {
        BuildMultiArchStep step = step(s -> s.setPublish(true));

        assertThatThrownBy(() -> ofPullRequest(step))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("This build is of a pull request, and publish is true. Leave publish out: builds of pull"
                        + " requests publish nothing, all others do.");
    }

    @Test
    void publishesNothingWhereThatIsSaid() {
        BuildOrder order = order(step(step -> step.setPublish(false)));

        assertThat(order.cells())
                .extracting(cell -> cell.delivery().repository())
                .containsOnly("");
        assertThat(order.images()).extracting(OrderedImage::repository).containsExactly("ghcr.io/acme/app");
        assertThat(order.published()).isFalse();
    }

    @Test
    void goesOnlyWhereOutputsSay() {
        BuildOrder order = order(step(step -> step.setOutputs(List.of("oci-archive:app", "local:files"))));

        assertThat(order.cells().get(0).delivery()).isEqualTo(new BuildCell.Delivery("", "", "app", "files"));
        assertThat(order.images().get(0).archive()).contains("app");
    }

    @Test
    void buildsEveryVariantForEveryPlatform() {
        BuildMultiArchStep step = new BuildMultiArchStep("ghcr.io/acme/{runtime}");
        step.setVariants(List.of("runtime=slim python=3.12", "runtime=full python=3.12"));
        step.setTags(List.of("1.0-py{python}"));
        step.setBuildArgs(List.of("PYTHON={python}"));
        step.setTarget("{runtime}");

        BuildOrder order = order(step);

        assertThat(order.cells())
                .extracting(BuildCell::name)
                .containsExactly(
                        "slim-3.12 linux/amd64",
                        "slim-3.12 linux/arm64",
                        "full-3.12 linux/amd64",
                        "full-3.12 linux/arm64");
        assertThat(order.images())
                .extracting(OrderedImage::repository)
                .containsExactly("ghcr.io/acme/slim", "ghcr.io/acme/full");
        assertThat(order.images().get(0).tags()).containsExactly(new Tag("1.0-py3.12"));
        BuildPlan last = order.cells().get(3).plan();
        assertThat(last.name()).isEqualTo("full-3.12");
        assertThat(last.target()).contains("full");
        assertThat(last.buildArgs()).containsExactly(Map.entry("PYTHON", "3.12"));
    }

    @Test
    void refusesTwoVariantsUnderOneTag() {
        isRefused(
                step(step -> {
                    step.setVariants(List.of("python=3.11", "python=3.12"));
                    step.setTags(List.of("1.0"));
                }),
                "Two variants are to become ghcr.io/acme/app:1.0. Name the values of the variants in it, as in"
                        + " {runtime}-{python}.");
    }

    @Test
    void givesEachVariantItsSecretsAndItsNetwork() {
        BuildMultiArchStep step = step(s -> {
            s.setVariants(List.of("stage=test", "stage=live"));
            s.setSecrets(List.of("npm=npm-{stage}"));
            s.setNetwork("net-{stage}");
            s.setPlatforms(List.of("linux/amd64"));
        });
        List<Map<String, String>> lookedUp = new ArrayList<>();

        BuildOrder order = BuildOrder.of(step, new BuildOrder.Surroundings("id", GLOBAL, false, false, ids -> {
            lookedUp.add(ids);
            return Map.of();
        }));

        assertThat(lookedUp).containsExactly(Map.of("npm", "npm-test"), Map.of("npm", "npm-live"));
        assertThat(order.cells()).extracting(BuildCell::secrets).isEqualTo(lookedUp);
        assertThat(order.cells()).extracting(cell -> cell.plan().network()).containsExactly("net-test", "net-live");
    }

    @Test
    void refusesTwoVariantsInOneArchive() {
        isRefused(
                step(step -> {
                    step.setVariants(List.of("python=3.11", "python=3.12"));
                    step.setOutputs(List.of("oci-archive:app"));
                }),
                "Two variants are to become oci-archive:app. Name the values of the variants in it, as in"
                        + " {runtime}-{python}.");
    }

    @Test
    void refusesTwoVariantsInOneFolder() {
        isRefused(
                step(step -> {
                    step.setVariants(List.of("python=3.11", "python=3.12"));
                    step.setOutputs(List.of("local:files"));
                }),
                "Two variants are to become local:files. Name the values of the variants in it, as in"
                        + " {runtime}-{python}.");
    }

    @Test
    void refusesAnOptionalPlatformThatIsNotBuilt() {
        isRefused(
                step(step -> step.setOptionalPlatforms(List.of("linux/s390x"))),
                "linux/s390x is optional, and is not built. Add it to platforms, or take it from optionalPlatforms.");
    }

    @Test
    void refusesEmulationWithoutAgentsForIt() {
        isRefused(
                step(step -> step.setOnUnavailable("emulate")),
                "onUnavailable is emulate, and agents has no default. Give the label of the agents that emulate, as in"
                        + " default=linux.");
    }

    @Test
    void refusesNumbersOutOfTheirRange() {
        isRefused(
                step(step -> step.setWaitMinutes(0)),
                "The argument waitMinutes is 0, which is out of its range. Write a number such as 60.");
        isRefused(
                step(step -> step.setRetries(21)),
                "The argument retries is 21, which is out of its range. Write a number such as 2.");
        isRefused(
                step(step -> step.setAtOnce(-1)),
                "The argument atOnce is -1, which is out of its range. Write a number such as 4.");
        isRefused(
                step(step -> step.setSourceDateEpoch(-1L)),
                "The argument sourceDateEpoch is -1, which is out of its range. Write a number such as 1700000000.");
    }

    @Test
    void putsAnnotationsWhereTheyBelong() {
        BuildOrder order = order(step(step -> step.setAnnotations(
                List.of("both=1", "index:index=2", "manifest:image=3", "index,manifest-descriptor:entry=4"))));

        assertThat(order.images().get(0).annotations())
                .containsOnly(
                        Map.entry("index:both", "1"),
                        Map.entry("index:index", "2"),
                        Map.entry("index:entry", "4"),
                        Map.entry("manifest-descriptor:entry", "4"));
        assertThat(order.cells().get(0).plan().annotations())
                .containsOnly(Map.entry("both", "1"), Map.entry("image", "3"));
    }

    @Test
    void writesACacheThatItDoesNotReadWhenItIsFresh() {
        BuildCache cache = new BuildCache("ghcr.io/acme/cache");
        cache.setMode("min");

        BuildPlan plan = plan(step(step -> {
            step.setCache(cache);
            step.setFresh(true);
        }));

        assertThat(plan.cache()).contains(new Cache("ghcr.io/acme/cache", "min", false, true));
    }

    @Test
    void letsNoVariantNameAPlaceOutsideTheBuild() {
        BuildMultiArchStep step = step(s -> {
            s.setVariants(List.of("name=x branch=../../.."));
            s.setOutputs(List.of("local:{branch}"));
        });

        assertThatThrownBy(() -> order(step))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("'local:../../..' is no output");
    }

    @Test
    void leavesTheBuildingToTheJenkinsfile() {
        BuildMultiArchStep step = step(s -> s.buildWith(new Closure<Object>(this) {}));

        assertThat(order(step).cells()).allMatch(BuildCell::custom);
    }

    private static List<BuiltCell> built(String... platforms) {
        return Arrays.stream(platforms)
                .map(platform -> new BuiltCell("", Platform.parse(platform), Optional.empty()))
                .toList();
    }

    @Test
    void wantsAllPlatformsButOptionalOnes() {
        OrderedImage image = order(step(step -> {
                    step.setPlatforms(List.of("linux/amd64", "linux/arm64", "linux/s390x"));
                    step.setOptionalPlatforms(List.of("linux/s390x"));
                }))
                .images()
                .get(0);

        assertThat(image.wanted(built("linux/amd64")))
                .isEqualTo(Platform.parseAll(List.of("linux/amd64", "linux/arm64")));
        assertThat(image.wanted(built("linux/amd64", "linux/s390x")))
                .isEqualTo(Platform.parseAll(List.of("linux/amd64", "linux/arm64", "linux/s390x")));
    }

    @Test
    void wantsWhatIsExpected() {
        OrderedImage image = order(step(step -> step.setExpectedPlatforms(List.of("linux/amd64"))))
                .images()
                .get(0);

        assertThat(image.wanted(List.of())).isEqualTo(Platform.parseAll(List.of("linux/amd64")));
    }
}
