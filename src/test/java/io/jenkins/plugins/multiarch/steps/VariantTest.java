package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantTest {

    @Test
    void isNamedByItsValues() {
        List<Variant> variants = Variant.parseAll(List.of("runtime=slim python=3.12", "runtime=full  python=3.11"));

        assertThat(variants).extracting(Variant::name).containsExactly("slim-3.12", "full-3.11");
        assertThat(variants.get(0).values()).containsExactly(Map.entry("runtime", "slim"), Map.entry("python", "3.12"));
    }

    @Test
    void canHaveANameOfItsOwn() {
        assertThat(Variant.parseAll(List.of("name=old python=3.9")))
                .extracting(Variant::name)
                .containsExactly("old");
    }

    @Test
    void putsItsValuesWhereTheyAreNamed() {
        Variant variant = Variant.parseAll(List.of("runtime=slim python=3.12 flags=a=b$1"))
                .get(0);

        assertThat(variant.in("app-{runtime}:{python}-{flags}")).isEqualTo("app-slim:3.12-a=b$1");
        assertThat(variant.in(Map.of("{runtime}", "{python}"))).isEqualTo(Map.of("slim", "3.12"));
        assertThat(variant.in(List.of("{python}", "plain"))).containsExactly("3.12", "plain");
    }

    @Test
    void leavesBracesAloneWithoutVariants() {
        assertThat(Variant.none().in("{runtime}")).isEqualTo("{runtime}");
    }

    @Test
    void refusesAValueThatItDoesNotHave() {
        Variant variant = Variant.parseAll(List.of("runtime=slim python=3.12")).get(0);

        assertThatThrownBy(() -> variant.in("app-{base}"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "'app-{base}' names {base}, which the variant 'slim-3.12' does not have. Name one of runtime,"
                                + " python, or add it to each variant.");
    }

    @Test
    void refusesTwoOfOneName() {
        assertThatThrownBy(() -> Variant.parseAll(List.of("python=3.12", "python=3.12")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("Two variants are named '3.12'. Give each other values, or a name of its own.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"slim", "runtime=", "run time=slim", "1=x", "a=b c"})
    void saysHowToWriteOne(String line) {
        assertThatThrownBy(() -> Variant.parseAll(List.of(line)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + line + "' is no variant. Write name=value pairs without blanks inside, as in"
                        + " runtime=slim python=3.12.");
    }

    @Test
    void takesNoMoreThanOneStepCanBuild() {
        List<String> many = IntStream.rangeClosed(0, Variant.MAX)
                .mapToObj(i -> "number=" + i)
                .toList();

        assertThatThrownBy(() -> Variant.parseAll(many))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("501 variants were given; one step builds at most 500. Use several steps.");
    }
}
