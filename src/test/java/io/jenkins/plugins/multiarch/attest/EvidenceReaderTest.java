package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.WrongContentException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading goes on behind what somebody planted, and not where the registry fails. */
class EvidenceReaderTest {
    private PlantedEvidence evidence;

    @BeforeEach
    void pushAnImage() throws Exception {
        evidence = PlantedEvidence.besideAnImage();
    }

    @Test
    void goesOnBehindABrokenBundle() throws Exception {
        evidence.refer("{]".getBytes(StandardCharsets.UTF_8));
        evidence.refer(evidence.bundle().toBytes());

        assertThat(evidence.findings()).hasSize(2).hasAtLeastOneElementOfType(Accepted.class);
        assertThat(evidence.reasons())
                .containsExactly(
                        "The Sigstore bundle is not a JSON object we can use: it cannot be read past line 1, column 2");
    }

    @Test
    void doesNotReadAHugeBundle() throws Exception {
        Descriptor huge = Descriptor.of(Bundle.MEDIA_TYPE, Digest.sha256(EmptyBlob.bytes()), Bundle.MAX_SIZE + 1L);
        evidence.plantReferrer(huge, Map.of());

        assertThat(evidence.reasons()).containsExactly("it has 23418197 bytes");
        assertThat(evidence.registry().requests())
                .noneMatch(line -> line.equals("GET-BLOB " + evidence.repository() + " " + huge.digest()));
    }

    @Test
    void readsABundleThatSomebodyDescribesWronglyElsewhere() throws Exception {
        Bundle good = evidence.bundle();
        Descriptor layer = Descriptor.of(Bundle.MEDIA_TYPE, good.toBytes());
        Descriptor wrong = Descriptor.of(Bundle.MEDIA_TYPE, layer.digest(), layer.size() - 1);
        evidence.plantReferrer(wrong, Map.of());
        evidence.refer(good.toBytes());

        assertThat(evidence.findings()).hasAtLeastOneElementOfType(Accepted.class);
        assertThat(evidence.reasons())
                .containsExactly(
                        "The blob " + layer.digest() + " came with more than the " + wrong.size() + " bytes promised");
    }

    @Test
    void goesOnBehindAReferrerThatIsTooLong() throws Exception {
        ImageManifest huge = evidence.refer(EmptyBlob.bytes());
        evidence.refer(evidence.bundle().toBytes());
        evidence.registry().before(request -> {
            if (request.equals("GET " + evidence.repository() + " " + huge.digest())) {
                throw new WrongContentException("It came with more than 4194304 bytes.", "Look.");
            }
        });

        assertThat(evidence.findings()).hasSize(2).hasAtLeastOneElementOfType(Accepted.class);
        assertThat(evidence.reasons()).containsExactly("It came with more than 4194304 bytes");
    }

    /** Else whoever can keep a registry from answering decides what is seen. */
    @Test
    void doesNotGoOnWhereTheRegistryFails() throws Exception {
        evidence.refer(evidence.bundle().toBytes());
        evidence.registry().before(request -> {
            if (request.startsWith("GET-BLOB ")) {
                throw new RegistryException("It failed.", "Wait.", 503, "", true, null);
            }
        });

        assertThatThrownBy(evidence::findings)
                .isInstanceOf(RegistryException.class)
                .hasMessage("It failed. Wait.");
    }

    @Test
    void passesOverWhatIsAboutAReferrer() throws Exception {
        ImageManifest about = evidence.refer(evidence.bundle().toBytes());
        ImageManifest circle = ImageManifest.artifact(
                Bundle.MEDIA_TYPE, about.layers(), Optional.of(about.descriptor()), Map.of("next", "1"));
        evidence.registry().plant(evidence.repository(), circle);
        evidence.registry()
                .plant(
                        evidence.repository(),
                        ImageManifest.artifact(
                                Bundle.MEDIA_TYPE,
                                about.layers(),
                                Optional.of(circle.descriptor()),
                                Map.of("next", "2")));

        assertThat(evidence.findings()).hasSize(1);
    }
}
