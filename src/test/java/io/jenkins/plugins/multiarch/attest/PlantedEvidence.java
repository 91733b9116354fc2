package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.Finding.Rejected;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image for linux/amd64, what others put beside it, honest or not, and what a verifier with one key finds of that. */
record PlantedEvidence(
        InMemoryRegistry registry, Repository repository, SampleImages samples, Signer signer, ImageManifest image) {

    static PlantedEvidence besideAnImage() throws InterruptedException {
        InMemoryRegistry registry = new InMemoryRegistry();
        Repository repository = Repository.parse("a.example/acme/app");
        SampleImages samples = new SampleImages(registry, repository);
        ImageManifest image = samples.image("linux/amd64", "a");
        return new PlantedEvidence(registry, repository, samples, new KeySigner(SampleKeys.p256()), image);
    }

    /** Of the image. */
    Digest digest() {
        return image.digest();
    }

    List<Finding> findings() throws InterruptedException {
        return new ImageVerification(registry)
                .findings(ImageRef.of(repository, digest()), new KeyVerifier(SampleKeys.trusted("p256.pub")));
    }

    /** Why what does not count does not. */
    List<String> reasons() throws InterruptedException {
        return findings().stream()
                .filter(Rejected.class::isInstance)
                .map(one -> ((Rejected) one).reason())
                .toList();
    }

    /** An honest bundle about the image. */
    Bundle bundle() throws InterruptedException {
        return bundle(digest());
    }

    Bundle bundle(Digest about) throws InterruptedException {
        return signer.attest(statement(about));
    }

    static Statement statement(Digest about) {
        return new Predicate(SamplePredicates.REVIEW, EmptyBlob.bytes()).about(List.of(Subject.of(about)));
    }

    /** Pushes what calls itself a bundle, as a referrer of the image. */
    ImageManifest refer(byte[] bundle) throws InterruptedException {
        return refer(image, Bundle.MEDIA_TYPE, Bundle.MEDIA_TYPE, bundle);
    }

    ImageManifest refer(Manifest subject, String artifactType, String layerType, byte[] content)
            throws InterruptedException {
        samples.blob(MediaTypes.OCI_EMPTY, EmptyBlob.bytes());
        return samples.put(ImageManifest.artifact(
                artifactType, List.of(samples.blob(layerType, content)), Optional.of(subject.descriptor()), Map.of()));
    }

    /** Puts a referrer of the image there, with a layer that need not be there, unchecked by the registry. */
    void plantReferrer(Descriptor layer, Map<String, String> annotations) {
        registry.plant(
                repository,
                ImageManifest.artifact(
                        Bundle.MEDIA_TYPE, List.of(layer), Optional.of(image.descriptor()), annotations));
    }

    /** Puts layers, which need not be there, behind the tag of cosign's attestations of the image. */
    void plantAttestations(List<Descriptor> layers) {
        ImageManifest manifest =
                ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, EmptyBlob.bytes()), layers, Map.of());
        registry.plant(repository, CosignTags.tag(digest(), CosignTags.ATTESTATIONS), manifest);
    }

    /** Puts a payload behind the tag of cosign's signatures of the image, signed whatever it says. */
    void putSigned(byte[] payload) throws IOException, InterruptedException {
        MessageSignature signature = (MessageSignature)
                signer.sign(Blob.of(CosignTags.SIMPLE_SIGNING, payload)).content();
        putSignature(payload, Map.of(CosignAnnotations.SIGNATURE, Base64Text.of(signature.signature())));
    }

    void putSignature(byte[] payload, Map<String, String> annotations) throws InterruptedException {
        Descriptor layer = samples.blob(CosignTags.SIMPLE_SIGNING, payload).withAnnotations(annotations);
        registry.put(
                repository,
                CosignTags.tag(digest(), CosignTags.SIGNATURES),
                ImageManifest.of(samples.blob(MediaTypes.OCI_CONFIG, EmptyBlob.bytes()), List.of(layer), Map.of()));
    }
}
