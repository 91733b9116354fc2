package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Puts attestations and signatures where cosign 1 and 2 look for them. */
final class CosignWriter {
    private final Repository repository;
    private final CosignTags tags;
    private final Map<Tag, List<Descriptor>> added = new ConcurrentHashMap<>();

    CosignWriter(Repository repository, CosignTags tags) {
        this.repository = repository;
        this.tags = tags;
    }

    StoredAttestation attestation(Bundle bundle, String predicateType, Digest subject) throws InterruptedException {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(CosignAnnotations.SIGNATURE, "");
        annotations.put(CosignAnnotations.PREDICATE_TYPE, predicateType);
        annotations.putAll(CosignAnnotations.of(bundle));
        Tag tag = CosignTags.tag(subject, CosignTags.ATTESTATIONS);
        add(tag, ((Envelope) bundle.content()).toBytes(), CosignTags.DSSE, annotations);
        return new StoredAttestation(subject, predicateType, tag.toString(), true);
    }

    /** Signs an image by its digest. */
    StoredAttestation signature(Signer signer, Digest subject) throws InterruptedException {
        byte[] payload = SimpleSigning.payload(repository, subject);
        Bundle bundle = signed(signer, payload);
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(CosignAnnotations.SIGNATURE, Base64Text.of(((MessageSignature) bundle.content()).signature()));
        annotations.putAll(CosignAnnotations.of(bundle));
        Tag tag = CosignTags.tag(subject, CosignTags.SIGNATURES);
        add(tag, payload, CosignTags.SIMPLE_SIGNING, annotations);
        return new StoredAttestation(subject, PredicateTypes.COSIGN_SIGNATURE, tag.toString(), true);
    }

    private static Bundle signed(Signer signer, byte[] payload) throws InterruptedException {
        try {
            return signer.sign(Blob.of(CosignTags.SIMPLE_SIGNING, payload));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can always be read", e);
        }
    }

    private void add(Tag tag, byte[] content, String mediaType, Map<String, String> annotations)
            throws InterruptedException {
        added.computeIfAbsent(tag, any -> new CopyOnWriteArrayList<>())
                .add(tags.add(tag, content, mediaType, annotations));
    }

    /** Looks once more whether another writer undid something, after all else is done. */
    void settle() throws InterruptedException {
        for (Map.Entry<Tag, List<Descriptor>> one : added.entrySet()) {
            tags.settle(one.getKey(), one.getValue());
        }
    }
}
