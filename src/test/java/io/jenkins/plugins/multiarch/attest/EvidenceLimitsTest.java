package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However much somebody plants, little of it is read, and little at a time. */
class EvidenceLimitsTest {
    private PlantedEvidence evidence;

    @BeforeEach
    void pushAnImage() throws Exception {
        evidence = PlantedEvidence.besideAnImage();
    }

    @Test
    void readsOnceWhatIsNamedAThousandTimes() throws Exception {
        byte[] envelope = ((Envelope) evidence.bundle().content()).toBytes();
        Descriptor layer = evidence.samples().blob(CosignTags.DSSE, envelope);
        evidence.plantAttestations(Collections.nCopies(1000, layer));
        Descriptor bundle =
                evidence.samples().blob(Bundle.MEDIA_TYPE, evidence.bundle().toBytes());
        for (int i = 0; i < 100; i++) {
            String number = Integer.toString(i);
            evidence.plantReferrer(bundle.withAnnotations(Map.of("n", number)), Map.of("number", number));
        }
        evidence.registry().forgetRequests();

        assertThat(evidence.findings()).hasSize(101).hasOnlyElementsOfType(Accepted.class);
        assertThat(evidence.registry().requests())
                .containsOnlyOnce(
                        "GET-BLOB " + evidence.repository() + " " + layer.digest(),
                        "GET-BLOB " + evidence.repository() + " " + bundle.digest());
    }

    @Test
    void looksBehindAThousandLayers() throws Exception {
        List<Descriptor> layers = new ArrayList<>(layers(1500, 7));
        layers.add(evidence.samples()
                .blob(CosignTags.DSSE, ((Envelope) evidence.bundle().content()).toBytes()));
        evidence.plantAttestations(layers);

        assertThat(evidence.findings()).hasSize(1501).hasAtLeastOneElementOfType(Accepted.class);
    }

    @Test
    void refusesMorePiecesThanItLooksAt() {
        evidence.plantAttestations(layers(10_001, 7));

        assertThatThrownBy(evidence::findings)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "There is more evidence in a.example/acme/app than the 10000 pieces that are looked at for one"
                                + " image. Delete old scans, and what does not belong there.");
    }

    @Test
    void refusesMoreBytesThanItLooksAt() {
        evidence.plantAttestations(layers(46, Bundle.MAX_SIZE));

        assertThatThrownBy(evidence::findings)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "There is more evidence in a.example/acme/app than the 1073741824 bytes that are looked at for"
                                + " one image. Delete old scans, and what does not belong there.");
        assertThat(evidence.registry().requests("GET-BLOB")).noneMatch(request -> !request.endsWith(config()));
    }

    @Test
    void hasFewBytesInHandAtATime() throws Exception {
        evidence.plantAttestations(layers(40, EvidenceBudget.IN_HAND / 2 + 1));
        AtomicInteger inHand = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        try (WorkPool pool = new WorkPool()) {
            EvidenceReader reader = new EvidenceReader(evidence.registry(), evidence.repository(), pool, any -> true);
            reader.begin(evidence.digest(), StorageForm.BOTH);
            reader.read(List.of(evidence.image().descriptor()), found -> {
                most.accumulateAndGet(inHand.incrementAndGet(), Math::max);
                for (int i = 0; i < 1000; i++) {
                    Thread.yield();
                }
                inHand.decrementAndGet();
                return place -> "";
            });
        }

        assertThat(most).hasValue(1);
    }

    @Test
    void refusesThousandsOfReferrers() throws Exception {
        Descriptor layer = evidence.samples().blob(Bundle.MEDIA_TYPE, EmptyBlob.bytes());
        for (int i = 0; i <= 1000; i++) {
            evidence.plantReferrer(layer, Map.of("number", Integer.toString(i)));
        }

        assertThatThrownBy(evidence::findings)
                .isInstanceOf(ReleaseException.class)
                .hasMessage("a.example/acme/app@" + evidence.digest() + " has 1001 referrers that may be evidence."
                        + " No honest image has more than 1000; delete those that do not belong there.");
    }

    /** Layers that nobody has pushed. */
    private static List<Descriptor> layers(int count, long size) {
        return IntStream.range(0, count)
                .mapToObj(i -> Descriptor.of(
                        CosignTags.DSSE, Digest.sha256(Integer.toString(i).getBytes(StandardCharsets.UTF_8)), size))
                .toList();
    }

    /** Of the image itself, which says its platform. */
    private String config() {
        return evidence.image().config().digest().toString();
    }
}
