package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that were written for docker/metadata-action make the same tags, where nothing beyond its own rules is asked for. */
class MetadataActionRulesTest {
    private static final List<String> ITS_OWN =
            List.of("type=schedule", "type=ref,event=branch", "type=ref,event=tag", "type=ref,event=pr");

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void makesTheSameTags(String about, JsonNode written) {
        BuildFacts facts = BuildFacts.of(
                        Ref.parse(written.path("ref").asText()),
                        Cause.parse(written.path("cause").asText("push")),
                        Instant.parse("2026-11-21T13:05:09Z"))
                .commit("4b825dc642cb6eb9a060e54bf8d69288fbee4904")
                .commitDate(Instant.parse("2026-11-20T23:15:00Z"))
                .targetBranch(written.path("target").asText(""))
                .build();
        List<String> rules = texts(written, "tags");

        PlannedTags tags = Tags.withoutFurtherRules(facts, rules.isEmpty() ? ITS_OWN : rules, texts(written, "flavor"));

        assertThat(tags.names()).as(about).isEqualTo(texts(written, "gives"));
    }

    private static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    static Stream<Arguments> cases() throws IOException {
        try (InputStream in = MetadataActionRulesTest.class.getResourceAsStream("tag-rules.json")) {
            JsonNode cases = Json.read(in.readAllBytes(), "The cases").path("cases");
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(written -> Arguments.of(written.path("of").asText(), written));
        }
    }
}
