package io.jenkins.plugins.multiarch.retention.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PagedListTest {

    @Test
    void takesWhatComesTwiceOnceAndAsItIsLast() throws Exception {
        List<String> all = PagedList.all(
                "The list",
                text -> text.charAt(0),
                number -> new PagedList.Page<>(number == 1 ? List.of("a1", "b1") : List.of("b2", "c2"), number == 2));

        assertThat(all).containsExactly("a1", "b2", "c2");
    }

    @Test
    void doesNotReadAgainForWhatIsPushedMeanwhile() throws Exception {
        List<Integer> read = new ArrayList<>();

        PagedList.all("The list", Function.identity(), number -> {
            read.add(number);
            return new PagedList.Page<>(List.of(number), number == 2, OptionalLong.of(1 + number));
        });

        assertThat(read).containsExactly(1, 2);
    }

    @Test
    void endsWithAnEmptyPage() throws Exception {
        assertThat(PagedList.<Integer, Integer>all(
                        "The list",
                        Function.identity(),
                        number -> new PagedList.Page<>(number < 3 ? List.of(number) : List.of(), false)))
                .containsExactly(1, 2);
    }

    @Test
    void refusesPagesWithoutEndThoughEachHasSomethingNew() {
        assertThatThrownBy(() -> PagedList.all(
                        "The list", Function.identity(), number -> new PagedList.Page<>(List.of(number), false)))
                .hasMessage("The list has more than 10000 pages."
                        + " Ask whoever runs it; nothing is deleted by a list that cannot be read to its end.");
    }
}
