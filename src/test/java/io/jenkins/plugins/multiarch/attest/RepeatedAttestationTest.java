package io.jenkins.plugins.multiarch.attest;

import static io.jenkins.plugins.multiarch.attest.SamplePredicates.REVIEW;
import static io.jenkins.plugins.multiarch.attest.SamplePredicates.REVIEWED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is there already is left alone, whoever put it there, and what is missing is added. */
class RepeatedAttestationTest {
    private final List<String> log = new ArrayList<>();
    private final SigningKey key = SampleKeys.p256();
    private final Signer signer = new KeySigner(key);
    private MultiPlatformImage image;

    @BeforeEach
    void pushAnImage() throws Exception {
        image = MultiPlatformImage.pushed();
    }

    @ParameterizedTest
    @EnumSource(StorageForm.class)
    void changesNothingTheSecondTime(StorageForm form) throws Exception {
        AttestationRequest request =
                AttestationRequest.of(image.ref(), REVIEWED).with(form).withSignature();
        AttestedImage first = attest(request);
        int before = image.registry().requests().size();
        log.clear();

        AttestedImage second = attest(request);

        assertThat(first.changed()).isTrue();
        assertThat(second.changed()).isFalse();
        assertThat(places(second)).isEqualTo(places(first));
        assertThat(log).isEmpty();
        assertThat(image.registry()
                        .requests()
                        .subList(before, image.registry().requests().size()))
                .noneMatch(line -> line.startsWith("PUT") || line.startsWith("PUSH"));
    }

    @Test
    void addsToWhatAnotherKeyAttested() throws Exception {
        attest(AttestationRequest.of(image.ref(), REVIEWED).with(StorageForm.BOTH));

        AttestedImage other = new Attestations(image.registry(), log::add)
                .attest(
                        AttestationRequest.of(image.ref(), REVIEWED).with(StorageForm.BOTH),
                        new KeySigner(SampleKeys.ed25519()));

        assertThat(other.attestations()).allMatch(StoredAttestation::changed);
        ImageRef child = image.ref(image.arm64());
        assertThat(types(child)).containsExactly(REVIEW, REVIEW);
        assertThat(image.accepted(child, new KeyVerifier(SampleKeys.trusted("ed25519.pub"))))
                .hasSize(2);
    }

    @Test
    void addsBundlesToWhatCosignsTagsHold() throws Exception {
        attest(AttestationRequest.of(image.ref(), REVIEWED).with(StorageForm.LEGACY));

        AttestedImage both = attest(AttestationRequest.of(image.ref(), REVIEWED).with(StorageForm.BOTH));

        assertThat(both.attestations())
                .allMatch(one -> one.changed() == one.place().startsWith("sha256:"))
                .hasSize(8);
        for (StoredAttestation one :
                both.attestations().stream().filter(StoredAttestation::changed).toList()) {
            Manifest referrer = image.registry().get(ImageRef.of(image.repository(), Digest.parse(one.place())));
            try (InputStream in = image.registry()
                    .open(
                            image.repository(),
                            ((ImageManifest) referrer).layers().get(0))) {
                assertThat(Bundle.parse(in.readAllBytes()).material())
                        .isEqualTo(
                                new VerificationMaterial.KeyHint(key.publicKey().hint()));
            }
        }
    }

    @Test
    void finishesWhatBrokeOff() throws Exception {
        AtomicInteger manifests = new AtomicInteger();
        image.registry().before(request -> {
            if (request.startsWith("PUT ") && manifests.incrementAndGet() > 1) {
                throw new IllegalStateException("the machine was switched off");
            }
        });
        assertThatThrownBy(() -> attest(AttestationRequest.of(image.ref(), REVIEWED)))
                .isInstanceOf(IllegalStateException.class);
        image.registry().before(request -> {});

        AttestedImage finished = attest(AttestationRequest.of(image.ref(), REVIEWED));

        assertThat(finished.attestations()).anyMatch(one -> !one.changed());
        for (Digest digest : image.digests()) {
            assertThat(accepted(ImageRef.of(image.repository(), digest)).stream()
                            .filter(one -> one.statement().predicateType().equals(REVIEW)))
                    .isNotEmpty();
        }
    }

    @Test
    void refusesATagThatIsNoListOfCosigns() throws Exception {
        image.registry()
                .put(
                        image.repository(),
                        new Tag("sha256-" + image.index().digest().hex() + ".att"),
                        image.index());

        assertThatThrownBy(() ->
                        attest(AttestationRequest.of(image.ref(), REVIEWED).with(StorageForm.LEGACY)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "a.example/acme/app:sha256-" + image.index().digest().hex()
                                + ".att is an index, where cosign's signatures of an image belong."
                                + " Delete that tag, then try again.");
    }

    private AttestedImage attest(AttestationRequest request) throws InterruptedException {
        return new Attestations(image.registry(), log::add).attest(request, signer);
    }

    private List<Accepted> accepted(ImageRef of) throws InterruptedException {
        return image.accepted(of, new KeyVerifier(key.publicKey()));
    }

    private List<String> types(ImageRef of) throws InterruptedException {
        return accepted(of).stream().map(one -> one.statement().predicateType()).toList();
    }

    private static Set<String> places(AttestedImage attested) {
        return attested.attestations().stream()
                .map(one -> one.subject() + " " + one.place())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
