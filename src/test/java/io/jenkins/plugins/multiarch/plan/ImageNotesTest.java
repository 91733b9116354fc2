package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.multiarch.image.ImageRef;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNotesTest {
    private static final String BASE =
            "docker.io/library/alpine:3@sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    @Test
    void saysTheSameInLabelsAndOnIndexAndImages() {
        ReleasePlan plan = Builds.plan(Builds.ofTag("v1.4.2")
                .source("https://user:secret@github.com/acme/app.git")
                .commitDate(Instant.parse("2026-11-20T23:15:00Z"))
                .base(ImageRef.parse(BASE)));

        assertThat(plan.labels())
                .containsExactly(
                        entry(
                                "org.opencontainers.image.base.digest",
                                "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
                        entry("org.opencontainers.image.base.name", "docker.io/library/alpine:3"),
                        entry("org.opencontainers.image.created", "2026-11-20T23:15:00Z"),
                        entry("org.opencontainers.image.revision", Builds.COMMIT),
                        entry("org.opencontainers.image.source", "https://github.com/acme/app"),
                        entry("org.opencontainers.image.version", "1.4.2"));
        assertThat(plan.annotations())
                .hasSize(6)
                .containsEntry("index,manifest:org.opencontainers.image.version", "1.4.2");
    }

    @Test
    void datesFreshBuildsByTheDay() {
        ReleasePlan plan = Builds.plan(Builds.of("main", "timer").commitDate(Instant.EPOCH));

        assertThat(plan.labels()).containsEntry("org.opencontainers.image.created", "2026-11-21T13:05:09Z");
        assertThat(plan.reason("created")).isEqualTo("the build's date, for it is fresh");
    }

    @Test
    void letsAProjectAddAndReplace() {
        Map<String, ?> rules = Map.of(
                "labels",
                Map.of("team", "blue", "org.opencontainers.image.version", "{{channel}}-{{sha}}"),
                "annotations",
                Map.of("index:note", "{{branch}}", "org.opencontainers.image.version", "x"));

        ReleasePlan plan = Builds.plan(Builds.of("main", "push"), rules);

        assertThat(plan.labels())
                .containsEntry("team", "blue")
                .containsEntry("org.opencontainers.image.version", "dev-4b825dc");
        assertThat(plan.annotations())
                .containsEntry("index:note", "main")
                .containsEntry("index,manifest:org.opencontainers.image.version", "x");
    }

    @ParameterizedTest
    @CsvSource({
        "git@github.com:acme/app.git, https://github.com/acme/app",
        "ssh://git@github.com:22/acme/app.git, https://github.com/acme/app",
        "https://github.com/acme/app, https://github.com/acme/app",
        "https://token@github.com/acme/app.git/, https://github.com/acme/app",
        "/srv/git/app, /srv/git/app"
    })
    void showsSourcesAsBrowsersOpenThem(String address, String shown) {
        assertThat(SourceAddress.shown(address)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "git@github.com:acme/app.git, https://github.com/Acme/App/, true",
        "ssh://git@github.com:22/acme/app.git, https://user:pw@github.com/acme/app, true",
        "https://github.com/acme/app, https://github.com/acme/application, false",
        "https://github.com/acme/app, https://github.com.evil.example/acme/app, false",
        "https://github.com/acme/app, https://evil.example/github.com/acme/app, false",
        "https://github.com/acme/app, https://evil.example/x@github.com/acme/app, false"
    })
    void knowsARepositoryByAnyOfItsAddresses(String one, String other, boolean isSame) {
        assertThat(SourceAddress.isSame(one, other)).isEqualTo(isSame);
    }
}
