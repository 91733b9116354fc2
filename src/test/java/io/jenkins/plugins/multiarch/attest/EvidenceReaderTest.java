package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.attest.Finding.Rejected;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.registry.WorkPool;
import io.jenkins.plugins.multiarch.registry.WrongContentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evidence that others put there, honest or not. */
class EvidenceReaderTest {
    private static final String REVIEW = "https://example.com/review/v1";
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private final SampleImages images = new SampleImages(registry, app);
    private final KeySigner signer = new KeySigner(SampleKeys.p256());
    private final KeyVerifier verifier = new KeyVerifier(SampleKeys.trusted("p256.pub"));
    private ImageManifest image;

    @BeforeEach
    void pushAnImage() throws Exception {
        image = images.image("linux/amd64", "a");
    }

    @Test
    void goesOnBehindABrokenBundle() throws Exception {
        refer(image, Bundle.MEDIA_TYPE, Bundle.MEDIA_TYPE, "{]".getBytes(StandardCharsets.UTF_8));
        refer(
                image,
                Bundle.MEDIA_TYPE,
                Bundle.MEDIA_TYPE,
                signed(image.digest()).toBytes());

        assertThat(findings()).hasSize(2).hasAtLeastOneElementOfType(Accepted.class);
        assertThat(reasons())
                .containsExactly(
                        "The Sigstore bundle is not a JSON object we can use: it cannot be read past line 1, column 2");
    }

    @Test
    void doesNotReadAHugeBundle() throws Exception {
        Descriptor huge = Descriptor.of(Bundle.MEDIA_TYPE, Digest.sha256(EMPTY), Bundle.MAX_SIZE + 1L);
        registry.plant(
                app,
                ImageManifest.artifact(Bundle.MEDIA_TYPE, List.of(huge), Optional.of(image.descriptor()), Map.of()));

        assertThat(reasons()).containsExactly("it has 23418197 bytes");
        assertThat(registry.requests()).noneMatch(line -> line.equals("GET-BLOB " + app + " " + huge.digest()));
    }

    @Test
    void readsABundleThatSomebodyDescribesWronglyElsewhere() throws Exception {
        Bundle good = signed(image.digest());
        Descriptor layer = Descriptor.of(Bundle.MEDIA_TYPE, good.toBytes());
        Descriptor wrong = Descriptor.of(Bundle.MEDIA_TYPE, layer.digest(), layer.size() - 1);
        registry.plant(
                app,
                ImageManifest.artifact(Bundle.MEDIA_TYPE, List.of(wrong), Optional.of(image.descriptor()), Map.of()));
        refer(image, Bundle.MEDIA_TYPE, Bundle.MEDIA_TYPE, good.toBytes());

        assertThat(findings()).hasAtLeastOneElementOfType(Accepted.class);
        assertThat(reasons())
                .containsExactly(
                        "The blob " + layer.digest() + " came with more than the " + wrong.size() + " bytes promised");
    }

    @Test
    void goesOnBehindAReferrerThatIsTooLong() throws Exception {
        ImageManifest huge = refer(image, Bundle.MEDIA_TYPE, Bundle.MEDIA_TYPE, EMPTY);
        refer(
                image,
                Bundle.MEDIA_TYPE,
                Bundle.MEDIA_TYPE,
                signed(image.digest()).toBytes());
        registry.before(request -> {
            if (request.equals("GET " + app + " " + huge.digest())) {
                throw new WrongContentException("It came with more than 4194304 bytes.", "Look.");
            }
        });

        assertThat(findings()).hasSize(2).hasAtLeastOneElementOfType(Accepted.class);
        assertThat(reasons()).containsExactly("It came with more than 4194304 bytes");
    }

    /** Else whoever can keep a registry from answering decides what is seen. */
    @Test
    void doesNotGoOnWhereTheRegistryFails() throws Exception {
        refer(
                image,
                Bundle.MEDIA_TYPE,
                Bundle.MEDIA_TYPE,
                signed(image.digest()).toBytes());
        registry.before(request -> {
            if (request.startsWith("GET-BLOB ")) {
                throw new RegistryException("It failed.", "Wait.", 503, "", true, null);
            }
        });

        assertThatThrownBy(this::findings).isInstanceOf(RegistryException.class).hasMessage("It failed. Wait.");
    }

    @Test
    void readsOnceWhatIsNamedAThousandTimes() throws Exception {
        byte[] envelope = ((Envelope) signed(image.digest()).content()).toBytes();
        Descriptor layer = images.blob(CosignTags.DSSE, envelope);
        tagged(Collections.nCopies(1000, layer));
        Descriptor bundle =
                images.blob(Bundle.MEDIA_TYPE, signed(image.digest()).toBytes());
        for (int i = 0; i < 100; i++) {
            registry.plant(
                    app,
                    ImageManifest.artifact(
                            Bundle.MEDIA_TYPE,
                            List.of(bundle.withAnnotations(Map.of("n", Integer.toString(i)))),
                            Optional.of(image.descriptor()),
                            Map.of("number", Integer.toString(i))));
        }
        registry.forgetRequests();

        assertThat(findings()).hasSize(101).hasOnlyElementsOfType(Accepted.class);
        assertThat(registry.requests())
                .containsOnlyOnce("GET-BLOB " + app + " " + layer.digest(), "GET-BLOB " + app + " " + bundle.digest());
    }

    @Test
    void looksBehindAThousandLayers() throws Exception {
        List<Descriptor> layers = new ArrayList<>(layers(1500, 7));
        layers.add(
                images.blob(CosignTags.DSSE, ((Envelope) signed(image.digest()).content()).toBytes()));
        tagged(layers);

        assertThat(findings()).hasSize(1501).hasAtLeastOneElementOfType(Accepted.class);
    }

    @Test
    void refusesMorePiecesThanItLooksAt() {
        tagged(layers(10_001, 7));

        assertThatThrownBy(this::findings)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "There is more evidence in a.example/acme/app than the 10000 pieces that are looked at for one"
                                + " image. Delete old scans, and what does not belong there.");
    }

    @Test
    void refusesMoreBytesThanItLooksAt() {
        tagged(layers(46, Bundle.MAX_SIZE));

        assertThatThrownBy(this::findings)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "There is more evidence in a.example/acme/app than the 1073741824 bytes that are looked at for"
                                + " one image. Delete old scans, and what does not belong there.");
        assertThat(registry.requests("GET-BLOB")).noneMatch(request -> !request.endsWith(config()));
    }

    @Test
    void hasFewBytesInHandAtATime() throws Exception {
        tagged(layers(40, EvidenceBudget.IN_HAND / 2 + 1));
        AtomicInteger inHand = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        try (WorkPool pool = new WorkPool()) {
            new EvidenceReader(registry, app, pool).read(List.of(image.descriptor()), evidence -> {
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
    void refusesASignedTextThatIsNoSimpleSignature() throws Exception {
        for (String payload : List.of("{\"critical\":\"x\"}", "{\"critical\":{\"type\":\"y\"}}", "{}")) {
            byte[] content = payload.getBytes(StandardCharsets.UTF_8);
            MessageSignature signature = (MessageSignature)
                    signer.sign(Blob.of(CosignTags.SIMPLE_SIGNING, content)).content();
            Descriptor layer = images.blob(CosignTags.SIMPLE_SIGNING, content)
                    .withAnnotations(Map.of(CosignAnnotations.SIGNATURE, Base64Text.of(signature.signature())));
            registry.put(
                    app,
                    CosignTags.tag(image.digest(), ".sig"),
                    ImageManifest.of(
                            images.blob("application/vnd.oci.image.config.v1+json", EMPTY), List.of(layer), Map.of()));

            assertThat(reasons()).containsExactly("The payload is not the simple signature of an image");
        }
    }

    @Test
    void refusesABundleOfAnotherImage() throws Exception {
        Digest other = Digest.sha256("other".getBytes(StandardCharsets.UTF_8));

        refer(image, Bundle.MEDIA_TYPE, Bundle.MEDIA_TYPE, signed(other).toBytes());

        assertThat(reasons()).containsExactly("it is about something else than " + image.digest());
    }

    @Test
    void refusesAnEnvelopeOfAnotherType() throws Exception {
        byte[] statement = statement(image.digest()).toBytes();

        refer(
                image,
                Bundle.MEDIA_TYPE,
                Bundle.MEDIA_TYPE,
                signer.attest("text/plain", statement).toBytes());

        assertThat(reasons()).containsExactly("its payload is of the type 'text/plain', no statement");
    }

    @Test
    void refusesASignedPayloadThatIsNoStatement() throws Exception {
        byte[] bundle = signer.attest(Statement.PAYLOAD_TYPE, EMPTY).toBytes();

        refer(image, Bundle.MEDIA_TYPE, Bundle.MEDIA_TYPE, bundle);

        assertThat(reasons()).containsExactly("The payload is not an in-toto statement: its _type is ''");
    }

    @Test
    void refusesTheSignatureOfAFile() throws Exception {
        byte[] bundle = signer.sign(Blob.of("text/plain", EMPTY)).toBytes();

        refer(image, Bundle.MEDIA_TYPE, Bundle.MEDIA_TYPE, bundle);

        assertThat(reasons()).containsExactly("it is the signature of a file");
    }

    @Test
    void readsWhatCosignThreeKeepsInItsOldFormsAsReferrers() throws Exception {
        Envelope envelope = (Envelope) signed(image.digest()).content();
        refer(image, "application/vnd.in-toto+json", CosignTags.DSSE, envelope.toBytes());

        assertThat(findings()).hasOnlyElementsOfType(Accepted.class).hasSize(1);
    }

    @Test
    void takesASimpleSignatureForThisImageAlone() throws Exception {
        Digest other = Digest.sha256("other".getBytes(StandardCharsets.UTF_8));
        for (Digest digest : List.of(image.digest(), other)) {
            byte[] payload = SimpleSigning.payload(app, digest);
            MessageSignature signature = (MessageSignature)
                    signer.sign(Blob.of(CosignTags.SIMPLE_SIGNING, payload)).content();
            Descriptor layer = images.blob(CosignTags.SIMPLE_SIGNING, payload)
                    .withAnnotations(Map.of(CosignAnnotations.SIGNATURE, Base64Text.of(signature.signature())));
            registry.put(
                    app,
                    CosignTags.tag(image.digest(), ".sig"),
                    ImageManifest.of(
                            images.blob("application/vnd.oci.image.config.v1+json", EMPTY), List.of(layer), Map.of()));

            Finding finding = findings().get(0);

            assertThat(finding instanceof Accepted).isEqualTo(digest.equals(image.digest()));
        }
        assertThat(reasons()).containsExactly("it is about something else than " + image.digest());
    }

    @Test
    void refusesASignatureBesideACertificateThatIsNone() throws Exception {
        byte[] payload = SimpleSigning.payload(app, image.digest());
        Descriptor layer = images.blob(CosignTags.SIMPLE_SIGNING, payload)
                .withAnnotations(Map.of(
                        CosignAnnotations.SIGNATURE,
                        "AAAA",
                        "dev.sigstore.cosign/certificate",
                        "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n"));
        registry.put(
                app,
                CosignTags.tag(image.digest(), ".sig"),
                ImageManifest.of(
                        images.blob("application/vnd.oci.image.config.v1+json", EMPTY), List.of(layer), Map.of()));

        assertThat(reasons()).singleElement().asString().startsWith("it has no signature by the ECDSA P-256 key");
    }

    @Test
    void passesOverWhatIsNoEvidence() throws Exception {
        images.referrer(image, "a remark");
        images.attestation(image, true);

        assertThat(findings()).isEmpty();
    }

    @Test
    void passesOverWhatIsListedAndAboutSomethingElse() throws Exception {
        ImageManifest other = images.image("linux/amd64", "other");
        refer(
                other,
                Bundle.MEDIA_TYPE,
                Bundle.MEDIA_TYPE,
                signed(image.digest()).toBytes());
        Descriptor listed = registry.referrers(app, other.digest(), "").get(0);
        registry.withoutReferrersApi("a.example");
        registry.plant(app, ImageIndex.of(List.of(listed), Map.of()));
        registry.put(
                app,
                new io.jenkins.plugins.multiarch.image.Tag(
                        "sha256-" + image.digest().hex()),
                ImageIndex.of(List.of(listed), Map.of()));

        assertThat(findings()).isEmpty();
    }

    @Test
    void endsWhereReferrersGoInACircle() throws Exception {
        ImageManifest about = refer(
                image,
                Bundle.MEDIA_TYPE,
                Bundle.MEDIA_TYPE,
                signed(image.digest()).toBytes());
        ImageManifest circle = ImageManifest.artifact(
                Bundle.MEDIA_TYPE, about.layers(), Optional.of(about.descriptor()), Map.of("next", "1"));
        registry.plant(app, circle);
        registry.plant(
                app,
                ImageManifest.artifact(
                        Bundle.MEDIA_TYPE, about.layers(), Optional.of(circle.descriptor()), Map.of("next", "2")));

        assertThat(findings()).hasSize(1);
    }

    @Test
    void refusesThousandsOfReferrers() throws Exception {
        Descriptor layer = images.blob(Bundle.MEDIA_TYPE, EMPTY);
        for (int i = 0; i <= 1000; i++) {
            registry.plant(
                    app,
                    ImageManifest.artifact(
                            Bundle.MEDIA_TYPE,
                            List.of(layer),
                            Optional.of(image.descriptor()),
                            Map.of("number", Integer.toString(i))));
        }

        assertThatThrownBy(this::findings)
                .isInstanceOf(ReleaseException.class)
                .hasMessage("a.example/acme/app@" + image.digest() + " has 1001 referrers that may be evidence."
                        + " No honest image has more than 1000; delete those that do not belong there.");
    }

    @Test
    void refusesAnIndexOfHundredsOfImages() throws Exception {
        List<Descriptor> children = new ArrayList<>();
        for (int i = 0; i <= 200; i++) {
            children.add(images.image("linux/amd64", "layer " + i).descriptor());
        }
        ImageIndex index = images.index(children);

        assertThatThrownBy(() -> ImageSubjects.read(registry, ImageRef.of(app, index.digest())))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The index a.example/acme/app@" + index.digest() + " leads to more than 200 images."
                        + " Attest or verify its images in several calls.");
    }

    @Test
    void findsTheImagesOfNestedIndexes() throws Exception {
        ImageManifest other = images.image("linux/arm64", "b");
        ImageIndex inner = images.index(other, image);
        ImageIndex outer = images.index(image, inner);

        ImageSubjects subjects = ImageSubjects.read(registry, ImageRef.of(app, outer.digest()));

        assertThat(subjects.all().stream().map(Descriptor::digest))
                .containsExactly(outer.digest(), image.digest(), inner.digest(), other.digest());
    }

    /** Layers that nobody has pushed. */
    private static List<Descriptor> layers(int count, long size) {
        return IntStream.range(0, count)
                .mapToObj(i -> Descriptor.of(
                        CosignTags.DSSE, Digest.sha256(Integer.toString(i).getBytes(StandardCharsets.UTF_8)), size))
                .toList();
    }

    private void tagged(List<Descriptor> layers) {
        ImageManifest manifest = ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, EMPTY), layers, Map.of());
        registry.plant(app, CosignTags.tag(image.digest(), CosignTags.ATTESTATIONS), manifest);
    }

    /** Of the image itself, which says its platform. */
    private String config() {
        return image.config().digest().toString();
    }

    private List<Finding> findings() throws InterruptedException {
        return new ImageVerification(registry).findings(ImageRef.of(app, image.digest()), verifier);
    }

    private List<String> reasons() throws InterruptedException {
        return findings().stream()
                .filter(Rejected.class::isInstance)
                .map(one -> ((Rejected) one).reason())
                .toList();
    }

    private Bundle signed(Digest about) throws InterruptedException {
        return signer.attest(statement(about));
    }

    private static Statement statement(Digest about) {
        return new Predicate(REVIEW, EMPTY).about(List.of(Subject.of(about)));
    }

    private ImageManifest refer(Manifest subject, String artifactType, String layerType, byte[] content)
            throws InterruptedException {
        images.blob(MediaTypes.OCI_EMPTY, EMPTY);
        ImageManifest referrer = ImageManifest.artifact(
                artifactType, List.of(images.blob(layerType, content)), Optional.of(subject.descriptor()), Map.of());
        return images.put(referrer);
    }
}
