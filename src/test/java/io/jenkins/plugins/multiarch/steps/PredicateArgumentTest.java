package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredicateArgumentTest {

    private static AttestOrder order(String... predicates) {
        AttestStep step = new AttestStep();
        step.setImage("ghcr.io/acme/app:1.4.2");
        step.setPredicates(List.of(predicates));
        return AttestOrder.of(step);
    }

    /** As predicates they would be said of every image, also where they are of another. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://in-toto.io/attestation/vulns/v0.2",
                "https://in-toto.io/attestation/vulns",
                "https://cosign.sigstore.dev/attestation/vuln/v1",
                "https://cyclonedx.org/bom",
                "https://CycloneDX.org/bom/v1.6",
                "https://spdx.dev/Document/v2.3",
                "cyclonedx",
                "spdxjson",
                "vuln",
            })
    void takesNoDocumentOfAScannerUnlooked(String type) {
        assertThatThrownBy(() -> order(type + "=scan.json"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("attest was given a file of the type '" + type
                        + "' as a predicate, which would be said of every image whichever it is of. Give it in sboms or"
                        + " scans, where the image that it names is looked at.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openvex", "link", "https://example.com/cyclonedx.org/bom", "https://cyclonedx.org/vex"})
    void takesWhatNoScannerWrites(String type) {
        assertThat(order(type + "=review.json").predicates()).hasSize(1);
    }

    @Test
    void knowsATypeThatIsNoneBeforeAnythingIsRead() {
        assertThatThrownBy(() -> order("review=review.json"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("'review' is not the type of a predicate.");
    }
}
