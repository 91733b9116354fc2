package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.plan.ManualInputs;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedInputsTest {
    private final ObjectNode parameters = Json.object();

    private ManualInputs inputs() {
        return new RecordedInputs(parameters).inputs();
    }

    @Test
    void areTheParametersInWhateverCase() {
        parameters.put("CHANNEL", "nightly").put("version", " 1.4.2 ").put("Rebuild", "true");
        parameters.put("CACHE", "false").put("OTHER", "x").putNull("secret");

        assertThat(inputs()).isEqualTo(new ManualInputs("nightly", "1.4.2", true, Optional.of(false)));
    }

    @Test
    void areNoneWithoutParameters() {
        parameters.put("cache", "").putNull("channel");

        assertThat(inputs()).isEqualTo(ManualInputs.NONE);
    }

    @Test
    void refuseWhatIsNeitherYesNorNo() {
        parameters.put("REBUILD", "yes");

        assertThatThrownBy(this::inputs)
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The parameter rebuild is 'yes', which is neither true nor false."
                        + " Make it a boolean parameter, or give true or false.");
    }
}
