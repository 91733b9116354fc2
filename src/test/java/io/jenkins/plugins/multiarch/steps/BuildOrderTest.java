package io.jenkins.plugins.multiarch.steps;

import static io.jenkins.plugins.multiarch.steps.SampleOrder.GLOBAL;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.isRefused;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.ofPullRequest;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.order;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.plan;
import static io.jenkins.plugins.multiarch.steps.SampleOrder.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groovy.lang.Closure;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.BuilderKind;
import io.jenkins.plugins.multiarch.builder.Cache;
import io.jenkins.plugins.multiarch.builder.Secret;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildOrderTest {

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
        String base = "ghcr.io/acme/base@sha256:" + "0".repeat(64);

        BuildPlan plan = plan(step(step -> {
            step.setContext("app");
            step.setDockerfile("app/Dockerfile.release");
            step.setTarget("runtime");
            step.setBuildArgs(List.of("VERSION=1.4"));
            step.setContexts(List.of("assets=build/assets"));
            step.setBaseImages(List.of("base=" + base));
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
        assertThat(plan.baseImages()).containsExactly(Map.entry("base", ImageRef.parse(base)));
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
    void refusesAnOptionalPlatformThatIsNotBuilt() {
        isRefused(
                step(step -> step.setOptionalPlatforms(List.of("linux/s390x"))),
                "linux/s390x is optional, and is not built. Add it to platforms, or take it from optionalPlatforms.");
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
