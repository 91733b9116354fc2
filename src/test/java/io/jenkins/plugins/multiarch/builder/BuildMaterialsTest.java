package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildMaterialsTest {
    private static final String ONE = "1".repeat(64);
    private static final String TWO = "2".repeat(64);

    /** Of the single letter x. */
    private static final String X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

    @TempDir
    private Path workspace;

    @TempDir
    private Path folder;

    private List<Material> materials(SamplePlan plan, String... dockerfile) throws IOException {
        Files.writeString(workspace.resolve("Dockerfile"), String.join("\n", dockerfile));
        return BuildMaterials.of(workspace, folder, plan.plan());
    }

    private static SamplePlan plan() {
        return new SamplePlan("linux/arm64");
    }

    @Test
    void namesBaseImagesAsBuildKitDoes() throws IOException {
        SamplePlan plan = plan().put("baseImages", "alpine:3.20", "docker.io/library/alpine@sha256:" + ONE)
                .put("baseImages", "ghcr.io/acme/tools", "ghcr.io/acme/tools@sha256:" + TWO)
                .put("baseImages", "unused", "ghcr.io/acme/unused@sha256:" + TWO);

        List<Material> materials =
                materials(plan, "FROM alpine:3.20 AS base", "FROM base", "COPY --from=ghcr.io/acme/tools /a /b");

        assertThat(materials)
                .containsExactly(
                        new Material(
                                "base image ghcr.io/acme/tools",
                                "pkg:docker/ghcr.io/acme/tools@latest?platform=linux%2Farm64",
                                "sha256",
                                TWO),
                        new Material(
                                "base image alpine:3.20",
                                "pkg:docker/alpine@3.20?platform=linux%2Farm64",
                                "sha256",
                                ONE));
    }

    @Test
    void namesAnotherImageByItsDigest() throws IOException {
        SamplePlan plan = plan().put("baseImages", "acme/base", "localhost:5000/acme/base:2@sha256:" + ONE)
                .put("contexts", "more", "docker-image://[::1]:5000/acme/more@sha256:" + TWO);

        assertThat(materials(plan, "FROM acme/base", "COPY --from=more / /"))
                .extracting(Material::uri)
                .containsExactly(
                        "pkg:docker/localhost:5000/acme/base@2?digest=sha256:" + ONE + "&platform=linux%2Farm64",
                        "pkg:docker/%5B::1%5D:5000/acme/more?digest=sha256:" + TWO + "&platform=linux%2Farm64");
    }

    @Test
    void takesADigestThatTheDockerfileHas() throws IOException {
        assertThat(materials(plan(), "FROM acme/base:1@sha256:" + ONE))
                .containsExactly(new Material(
                        "base image acme/base:1@sha256:" + ONE,
                        "pkg:docker/acme/base@1?digest=sha256:" + ONE + "&platform=linux%2Farm64",
                        "sha256",
                        ONE));
    }

    /** A compiler's image may be of the machine's own platform. */
    @Test
    void saysNoPlatformWhereTheDockerfileHasOne() throws IOException {
        SamplePlan plan = plan().put("baseImages", "golang", "golang@sha256:" + ONE);

        assertThat(materials(plan, "FROM --platform=$BUILDPLATFORM golang"))
                .extracting(Material::uri)
                .containsExactly("pkg:docker/golang@latest");
    }

    @Test
    void saysNothingOfWhatTheBuilderWasNotTold() throws IOException {
        SamplePlan twice = plan().put("baseImages", "alpine", "alpine@sha256:" + ONE)
                .put("baseImages", "docker.io/library/alpine:latest", "alpine@sha256:" + TWO);

        assertThat(materials(plan(), "FROM alpine")).isEmpty();
        assertThat(materials(plan().put("contexts", "base", "docker-image://alpine"), "FROM base"))
                .isEmpty();
        assertThat(materials(plan().put("contexts", "base", "folder"), "FROM base"))
                .isEmpty();
        assertThat(materials(twice, "FROM alpine:latest")).isEmpty();
        assertThat(materials(plan(), "# syntax=example/other", "FROM alpine")).isEmpty();
    }

    @Test
    void listsPrebuiltProgramsByTheirDigests() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("artifacts/arm64/sub"));
        Files.writeString(programs.resolve("tool"), "x");
        Files.writeString(programs.resolveSibling("app"), "x");

        assertThat(materials(plan().put("prebuilt", "linux/arm64", "out"), "FROM scratch", "COPY --from=artifacts / /"))
                .containsExactly(
                        new Material("prebuilt program arm64/app", "", "sha256", X),
                        new Material("prebuilt program arm64/sub/tool", "", "sha256", X));
    }

    @Test
    void knowsManyProgramsByTheDigestOfTheirFolder() throws IOException {
        Path programs = Files.createDirectories(folder.resolve("artifacts/arm64"));
        for (int number : IntStream.range(100, 201).toArray()) {
            Files.writeString(programs.resolve("app" + number), "x");
        }

        assertThat(materials(plan().put("prebuilt", "linux/arm64", "out"), "FROM scratch"))
                .containsExactly(new Material(
                        "prebuilt programs arm64",
                        "",
                        "dirHash",
                        "d5f2610fde307733a8bf3f2c9d5e0a662ef0285b1510e9da9e1e393c8310a500"));
    }

    @Test
    void travelsAsText() {
        List<Material> materials = List.of(new Material("base image a", "pkg:docker/a", "sha256", ONE));

        assertThat(Material.read(Material.write(materials))).isEqualTo(materials);
        assertThat(Material.write(List.of())).isEmpty();
        assertThat(Material.read("")).isEmpty();
    }
}
