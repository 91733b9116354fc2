package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.AttestationRequest;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    @Test
    void saysOfOnePlatformWhatHasItsPlatformBeforeIt() {
        byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
        AttestOrder order = order(
                "https://example.com/review/v1=all.json",
                "linux/arm64=https://example.com/review/v1=arm64.json",
                "linux/amd64=https://example.com/review/v1=amd64.json");

        AttestationRequest request = order.request(
                order.images().get(0),
                List.of(),
                Map.of("all.json", json, "arm64.json", json, "amd64.json", json),
                Instant.EPOCH);

        assertThat(request.claims()).extracting(Predicate::type).containsExactly("https://example.com/review/v1");
        assertThat(request.platformClaims())
                .containsOnlyKeys(Platform.parse("linux/arm64"), Platform.parse("linux/amd64"));
        assertThat(request.platformClaims().get(Platform.parse("linux/arm64")))
                .extracting(Predicate::type)
                .containsExactly("https://example.com/review/v1");
    }

    @Test
    void saysEachThingOnceOfAPlatform() {
        assertThatThrownBy(() -> order("linux/arm64=link=a.json", "linux/arm64/v8=link=b.json"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'link=b.json' in predicates gives a second value. Give each key once.");
    }

    /** A platform before it makes no other type of it. */
    @Test
    void looksAtTheTypeBehindThePlatform() {
        assertThatThrownBy(() -> order("linux/arm64=https://slsa.dev/provenance/v1=forged.json"))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("which the controller says by itself");
    }
}
