package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonArgumentTest {

    @Test
    void keepsNumbersAndSwitchesWhatTheyAre() {
        assertThat(JsonArgument.of(Map.of("rules", List.of(Map.of("keep", 3)))))
                .isEqualTo("{\"rules\":[{\"keep\":3}]}");
        assertThat(JsonArgument.of(Map.of("mayEmpty", true))).isEqualTo("{\"mayEmpty\":true}");
    }

    /** As Groovy makes of a text with a variable in it. */
    @Test
    void takesEverythingElseByItsText() {
        assertThat(JsonArgument.of(Map.of("tags", new StringBuilder("dev-*")))).isEqualTo("{\"tags\":\"dev-*\"}");
    }

    @Test
    void endsWhereAMapHoldsItself() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("rules", endless);

        assertThat(JsonArgument.of(endless)).endsWith("{\"rules\":\"\"}" + "}".repeat(10));
    }
}
