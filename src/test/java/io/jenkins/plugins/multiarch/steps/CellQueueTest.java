package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellQueueTest {
    private final CellQueue queue = new CellQueue(List.of(
            cell("a", "amd64"), cell("b", "arm64"), cell("c", "amd64"), cell("d", "arm64"), cell("e", "amd64")));

    private static Map<String, Object> cell(String name, String label) {
        return Map.of("name", name, "label", label);
    }

    private static Object name(Map<String, Object> cell) {
        return cell.get("name");
    }

    @Test
    void sharesLanesOutBetweenLabels() {
        List<Object> names = new ArrayList<>();
        Map<String, Object> first = queue.take();
        names.add(name(first));
        names.add(name(queue.take()));

        queue.end(first);

        names.add(name(queue.take()));
        assertThat(names).containsExactly("a", "b", "c");
    }

    @Test
    void givesAnAgentThatIsQuickerMore() {
        for (String expected : List.of("a", "b", "c", "d")) {
            assertThat(name(queue.take())).isEqualTo(expected);
        }

        queue.end(cell("a", "amd64"));

        assertThat(name(queue.take())).isEqualTo("e");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void takesWhatIsLeft() {
        CellQueue alike = new CellQueue(List.of(cell("a", "arm64"), cell("b", "arm64")));

        assertThat(name(alike.take())).isEqualTo("a");
        assertThat(name(alike.take())).isEqualTo("b");
    }
}
