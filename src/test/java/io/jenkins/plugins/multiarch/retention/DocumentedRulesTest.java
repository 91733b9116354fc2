package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Reads every document of rules that docs/retention.md shows. */
class DocumentedRulesTest {
    private static final Pattern RULES = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @Test
    void canBeRead() throws IOException {
        List<RetentionRules> all = RULES.matcher(Files.readString(Path.of("docs/retention.md")))
                .results()
                .map(block -> RulesReader.read(block.group(1).getBytes(StandardCharsets.UTF_8)))
                .toList();

        assertThat(all).hasSize(4).allSatisfy(rules -> assertThat(rules.rules()).isNotEmpty());
    }
}
