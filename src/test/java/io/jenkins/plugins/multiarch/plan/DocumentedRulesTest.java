package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules that the documentation shows are those that hold. */
class DocumentedRulesTest {
    private static final Path PAGE = Path.of("docs/release-plan.md");
    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("^\\| ([a-z, -]+) \\|.*\\|$", Pattern.MULTILINE);

    @Test
    void areTheExampleAndTheStandardOnes() throws IOException {
        List<String> shown = JSON.matcher(Files.readString(PAGE))
                .results()
                .map(block -> block.group(1))
                .toList();

        try (var standard = ReleaseRules.class.getResourceAsStream("standard-rules.json")) {
            assertThat(shown)
                    .containsExactly(
                            Files.readString(Path.of("docs/release-rules.json")),
                            new String(standard.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(shown).allSatisfy(rules -> ReleaseRules.parse(rules.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void nameEachRowOfTheTriggerTable() throws IOException {
        String table = Files.readString(PAGE).split("## The trigger table\n")[1].split("\n- ")[0];

        assertThat(ROW.matcher(table)
                        .results()
                        .flatMap(row -> Pattern.compile(", ").splitAsStream(row.group(1)))
                        .filter(name -> !name.equals("rule")))
                .isEqualTo(ReleaseRules.standard().rules().stream()
                        .map(TriggerRule::name)
                        .toList());
    }

    @Test
    void nameEachFieldOfTheRules() throws IOException {
        String page = Files.readString(PAGE);
        try (var standard = ReleaseRules.class.getResourceAsStream("standard-rules.json")) {
            Json.read(standard.readAllBytes(), "The standard rules")
                    .fieldNames()
                    .forEachRemaining(name -> assertThat(page).contains(name));
        }
    }
}
