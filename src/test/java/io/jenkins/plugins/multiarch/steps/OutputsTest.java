package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputsTest {

    @Test
    void readsAllKinds() {
        Outputs outputs = Outputs.parse(List.of("oci-archive:app-slim", "registry", "local:files"));

        assertThat(outputs).isEqualTo(new Outputs(Optional.of("app-slim"), Optional.of("files")));
    }

    @Test
    void goesNowhereElseThanSaid() {
        assertThat(Outputs.parse(List.of("oci-archive:app")))
                .isEqualTo(new Outputs(Optional.of("app"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker",
                "oci-archive:",
                "oci-archive:../x",
                "oci-archive:{x}",
                "local:a/b",
                "local:..",
                "Registry"
            })
    void saysWhatThereIs(String text) {
        assertThatThrownBy(() -> Outputs.parse(List.of(text)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + text + "' is no output, or another of its kind was given. Write registry,"
                        + " oci-archive:NAME or local:NAME, each once; a name has letters, digits, '_', '.' and '-'.");
    }

    @Test
    void takesOneOfAKind() {
        assertThatThrownBy(() -> Outputs.parse(List.of("oci-archive:a", "oci-archive:b")))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("'oci-archive:b' is no output, or another of its kind was given.");
    }
}
