package io.jenkins.plugins.multiarch.builder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PinnedDockerfileTest {
    private static final String DIGEST = "sha256:" + "b".repeat(64);

    private static String rewrite(SamplePlan plan, String... lines) {
        byte[] rewritten = new PinnedDockerfile(plan.plan(), "tmp:1")
                .rewrite(String.join("\n", lines).getBytes(UTF_8));
        return new String(rewritten, UTF_8);
    }

    @Test
    void putsExactImagesWhereNamesStood() {
        SamplePlan plan = new SamplePlan("linux/amd64")
                .put("baseImages", "alpine:3", "docker.io/library/alpine@" + DIGEST)
                .put("contexts", "tools", "docker-image://ghcr.io/acme/tools:1")
                .put("contexts", "more", "x")
                .put("prebuilt", "linux/amd64", "y");

        String pinned = rewrite(
                plan,
                "ARG V=3",
                "# FROM alpine:${V}",
                "FROM --platform=$BUILDPLATFORM alpine:${V} AS build",
                "RUN --mount=type=bind,from=tools,target=/t true",
                "COPY --from=more /alpine:${V} /",
                "FROM docker.io/library/alpine:3",
                "COPY --from=build --chmod=755 /a /b",
                "COPY --from=artifacts \\",
                "  amd64 /",
                "CMD echo tools more");

        assertThat(pinned.lines())
                .containsExactly(
                        "ARG V=3",
                        "# FROM alpine:${V}",
                        "FROM --platform=$BUILDPLATFORM docker.io/library/alpine@" + DIGEST + " AS build",
                        "RUN --mount=type=bind,from=ghcr.io/acme/tools:1,target=/t true",
                        "COPY --from=tmp:1-1 /alpine:${V} /",
                        "FROM docker.io/library/alpine@" + DIGEST,
                        "COPY --from=build --chmod=755 /a /b",
                        "COPY --from=tmp:1-2 \\",
                        "  amd64 /",
                        "CMD echo tools more");
    }

    @Test
    void leavesStagesThatAreNotBuiltAlone() {
        SamplePlan plan = new SamplePlan("linux/amd64")
                .set("target", "one")
                .put("baseImages", "a:1", "docker.io/library/a@" + DIGEST);

        assertThat(rewrite(plan, "FROM a:1 AS one", "FROM a:1"))
                .isEqualTo("FROM docker.io/library/a@" + DIGEST + " AS one\nFROM a:1");
    }

    @Test
    void refusesWhatItCannotFind() {
        SamplePlan plan = new SamplePlan("linux/amd64").put("baseImages", "a:1", "docker.io/library/a@" + DIGEST);

        assertThatThrownBy(() -> rewrite(plan, "FROM a\\", ":1"))
                .hasMessage("Dockerfile line 1: 'a:1' could not be replaced by the exact image. Write it on one line,"
                        + " without quotes.");
    }

    @Test
    void keepsSignsOfOtherLanguagesAndTheMarkAtTheBeginning() {
        SamplePlan plan = new SamplePlan("linux/amd64").put("baseImages", "a:1", "docker.io/library/a@" + DIGEST);

        assertThat(rewrite(plan, "\uFEFFFROM a:1 AS one", "LABEL who=J\u00f6rg\u0085"))
                .isEqualTo("\uFEFFFROM docker.io/library/a@" + DIGEST + " AS one\nLABEL who=J\u00f6rg\u0085");
    }
}
