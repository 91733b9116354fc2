package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnavailableTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DEFAULT")
    void isReadByItsName(Unavailable way) {
        assertThat(Unavailable.parse(way.toString())).isEqualTo(way);
    }

    @Test
    void isTheDefaultWhereNothingIsSaid() {
        assertThat(Unavailable.parse(null)).isEqualTo(Unavailable.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "WAIT", "ignore"})
    void saysWhatThereIs(String text) {
        assertThatThrownBy(() -> Unavailable.parse(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + text + "' is nothing that can be done when an agent is unavailable. Write wait,"
                        + " emulate, skip or fail.");
    }
}
