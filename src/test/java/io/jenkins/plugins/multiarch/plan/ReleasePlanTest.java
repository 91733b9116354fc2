package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleasePlanTest {

    @Test
    void isWrittenInOneOrderWithAReasonForEverything() {
        ReleasePlan plan = Builds.plan(
                Builds.ofTag("v1.4.2", "v2.0.0").job("app"),
                Map.of("tags", List.of("type=semver,pattern={{version}}", "type=semver,pattern={{major}}")));

        assertThat(Json.pretty(plan.toJson())).isEqualTo("""
                {
                  "schemaVersion" : 1,
                  "ref" : "refs/tags/v1.4.2",
                  "cause" : "push",
                  "commit" : "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
                  "rule" : "release",
                  "skip" : false,
                  "publish" : true,
                  "fresh" : false,
                  "cacheRead" : true,
                  "cacheWrite" : true,
                  "refresh" : false,
                  "channel" : "",
                  "version" : "1.4.2",
                  "tags" : [
                    "1.4.2",
                    "1"
                  ],
                  "labels" : {
                    "org.opencontainers.image.created" : "2026-11-21T13:05:09Z",
                    "org.opencontainers.image.revision" : "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
                    "org.opencontainers.image.version" : "1.4.2"
                  },
                  "annotations" : {
                    "index,manifest:org.opencontainers.image.created" : "2026-11-21T13:05:09Z",
                    "index,manifest:org.opencontainers.image.revision" : "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
                    "index,manifest:org.opencontainers.image.version" : "1.4.2"
                  },
                  "lanes" : [ ],
                  "concurrencyKey" : "app:refs/tags/v1.4.2",
                  "decisions" : [
                    {
                      "decision" : "rule",
                      "value" : "release",
                      "reason" : "tag v1.4.2 matches v*.*.*"
                    },
                    {
                      "decision" : "skip",
                      "value" : "no",
                      "reason" : "rule release"
                    },
                    {
                      "decision" : "publish",
                      "value" : "yes",
                      "reason" : "rule release"
                    },
                    {
                      "decision" : "fresh",
                      "value" : "no",
                      "reason" : "rule release"
                    },
                    {
                      "decision" : "cacheRead",
                      "value" : "yes",
                      "reason" : "rule release"
                    },
                    {
                      "decision" : "cacheWrite",
                      "value" : "yes",
                      "reason" : "nobody knows which files changed, so dependencies may have"
                    },
                    {
                      "decision" : "channel",
                      "value" : "",
                      "reason" : "prod stays with 2.0.0, which is higher"
                    },
                    {
                      "decision" : "version",
                      "value" : "1.4.2",
                      "reason" : "said by tag v1.4.2"
                    },
                    {
                      "decision" : "tag",
                      "value" : "1.4.2",
                      "reason" : "type=semver,pattern={{version}}"
                    },
                    {
                      "decision" : "tag",
                      "value" : "1",
                      "reason" : "type=semver,pattern={{major}}"
                    },
                    {
                      "decision" : "no tag",
                      "value" : "latest",
                      "reason" : "2.0.0 is higher than 1.4.2"
                    },
                    {
                      "decision" : "created",
                      "value" : "2026-11-21T13:05:09Z",
                      "reason" : "the build's date, for the commit's is not known"
                    },
                    {
                      "decision" : "concurrencyKey",
                      "value" : "app:refs/tags/v1.4.2",
                      "reason" : "a newer build of the same key supersedes an older one, between transactions only"
                    }
                  ]
                }
                """);
    }

    @Test
    void givesAReasonForEachDecision() {
        for (String ref : new String[] {"main", "PR-15", "refs/tags/v1.4.2", "refs/tags/spring", "release-1"}) {
            for (Cause cause : Cause.values()) {
                if (cause != Cause.TAG || ref.startsWith("refs/tags/")) {
                    assertThat(Builds.plan(Builds.of(ref, cause.toString())).decisions())
                            .extracting(Decision::reason)
                            .noneMatch(String::isBlank);
                }
            }
        }
    }

    @Test
    void isTheSameForTheSameFacts() {
        assertThat(Builds.plan(Builds.ofTag("v1.4.2")).toJson())
                .isEqualTo(Builds.plan(Builds.ofTag("v1.4.2")).toJson());
    }
}
