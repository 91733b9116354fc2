package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DigestGateStepTest {

    @Test
    void asksForNothingButTheImage() {
        DigestGateStep step = new DigestGateStep("oci:build");

        assertThat(step.getImage()).isEqualTo("oci:build");
        assertThat(step.getMode()).isNull();
        assertThat(step.getRecord()).isNull();
        assertThat(step.getVerify()).isNull();
        assertThat(step.getRequiredPlatforms()).isEmpty();
        assertThat(step.getCredentialsId()).isNull();
    }

    @Test
    void keepsWhatItIsGiven() {
        DigestGateStep step = new DigestGateStep("oci:build");

        step.setMode(" rootfs ");
        step.setRecord("gate.json");
        step.setVerify("before.json");
        step.setRequiredPlatforms(List.of("linux/amd64"));
        step.setCredentialsId("ghcr");

        assertThat(step.getMode()).isEqualTo("rootfs");
        assertThat(step.getRecord()).isEqualTo("gate.json");
        assertThat(step.getVerify()).isEqualTo("before.json");
        assertThat(step.getRequiredPlatforms()).containsExactly("linux/amd64");
        assertThat(step.getCredentialsId()).isEqualTo("ghcr");
    }

    @Test
    void isShownByItsImage() {
        DigestGateStep.DescriptorImpl descriptor = new DigestGateStep.DescriptorImpl();

        assertThat(descriptor.getFunctionName()).isEqualTo("digestGate");
        assertThat(descriptor.getDisplayName()).isEqualTo("Record or verify what an image is, byte for byte");
        assertThat(descriptor.argumentsToString(Map.of("image", "oci:build"))).isEqualTo("oci:build");
    }
}
