package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasePinsTest {
    @TempDir
    private Path workspace;

    private FakeRegistry fake;
    private String base;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void start() {
        fake = FakeRegistry.start();
        base = fake.repository("acme/base").toString();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private Map<String, ImageRef> pins(SamplePlan plan, String... dockerfile) throws IOException, InterruptedException {
        Files.writeString(workspace.resolve("Dockerfile"), String.join("\n", dockerfile));
        return BasePins.of(workspace, plan.plan(), registry(), log::add);
    }

    private HttpRegistry registry() {
        return HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
    }

    private static SamplePlan plan() {
        return new SamplePlan("linux/amd64");
    }

    @Test
    void pinsWhatTheBuildBeginsWithAndCopiesFrom() throws IOException, InterruptedException {
        ImageRef one = pinned("1");
        ImageRef two = pinned("2");

        Map<String, ImageRef> pins = pins(
                plan().put("buildArgs", "V", "1"),
                "ARG V=none",
                "FROM " + base + ":${V} AS a",
                "FROM scratch",
                "COPY --from=a /x /",
                "RUN --mount=type=bind,from=" + base + ":2 true");

        assertThat(pins).isEqualTo(Map.of(base + ":1", one, base + ":2", two));
        assertThat(log).isEmpty();
    }

    @Test
    void pinsWhereTheDockerfileIsNotInUtf8() throws IOException, InterruptedException {
        ImageRef one = pinned("1");
        Files.writeString(
                workspace.resolve("Dockerfile"),
                "# F\u00fcr alle\nFROM " + base + ":1\nLABEL who=J\u00f6rg\n",
                StandardCharsets.ISO_8859_1);

        Map<String, ImageRef> pins = BasePins.of(workspace, plan().plan(), registry(), log::add);

        assertThat(pins).isEqualTo(Map.of(base + ":1", one));
    }

    @Test
    void refusesADockerfileThatIsTooLong() throws IOException {
        Files.write(workspace.resolve("Dockerfile"), new byte[(4 << 20) + 1]);

        assertThatThrownBy(() -> BasePins.of(workspace, plan().plan(), registry(), log::add))
                .hasMessage("The Dockerfile has more than 4194304 bytes. Give a Dockerfile.");
    }

    private ImageRef pinned(String tag) {
        return ImageRef.of(
                fake.repository("acme/base"),
                fake.addImage("acme/base", tag, "linux/amd64", "linux/arm64").digest());
    }

    @Test
    void leavesWhatThePlanSays() throws IOException, InterruptedException {
        String exact = base + "@sha256:" + "d".repeat(64);

        Map<String, ImageRef> pins = pins(
                plan().put("baseImages", base + ":1", exact)
                        .put("contexts", "more", "x")
                        .put("prebuilt", "linux/amd64", "y"),
                "FROM " + base + ":1",
                "COPY --from=more / /",
                "COPY --from=artifacts / /",
                "COPY --from=" + exact + " / /");

        assertThat(pins).isEqualTo(Map.of(base + ":1", ImageRef.parse(exact)));
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void pinsWhatAContextPutsInItsPlace() throws IOException, InterruptedException {
        ImageRef two = pinned("2");
        SamplePlan plan = plan().put("contexts", "base", "docker-image://" + base + ":2")
                .put("contexts", "other", "docker-image://" + base + "@sha256:" + "d".repeat(64));

        Map<String, ImageRef> pins = pins(plan, "FROM base", "COPY --from=other / /");

        assertThat(pins).isEqualTo(Map.of("base", two));
        assertThat(plan.plan().withBaseImages(pins).contexts()).containsOnlyKeys("other");
    }

    @Test
    void saysWhatCannotBePinned() throws IOException, InterruptedException {
        assertThat(pins(plan(), "FROM " + base + ":none")).isEmpty();
        assertThat(pins(plan(), "# syntax=example/other", "FROM x")).isEmpty();

        assertThat(log)
                .containsExactly(
                        "The base image " + base + ":none is not pinned: the registry does not show it.",
                        "The base images are not pinned: Dockerfile line 1: the syntax 'example/other' is another"
                                + " language.");
    }

    @Test
    void looksOnlyAtStagesThatAreBuilt() throws IOException, InterruptedException {
        assertThat(pins(plan().set("target", "a"), "FROM scratch AS a", "FROM " + base + ":none"))
                .isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void refusesADockerfileThatIsNotThere() {
        assertThatThrownBy(() -> BasePins.of(
                        workspace, plan().plan(), HttpRegistry.builder().build(), log::add))
                .hasMessage(
                        "The Dockerfile 'Dockerfile' is not in the workspace. Check its name, and that the checkout or an"
                                + " earlier stage brings it there.");
    }
}
