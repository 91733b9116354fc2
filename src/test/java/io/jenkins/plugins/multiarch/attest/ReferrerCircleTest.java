package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Lists of referrers that lead back to where they began. Manifests cannot, for each names its subject by digest; the lists
 * that clients keep in tags are whatever somebody wrote into them.
 */
class ReferrerCircleTest {
    private final InMemoryRegistry registry = new InMemoryRegistry().withoutReferrersApi("a.example");
    private final Repository app = Repository.parse("a.example/acme/app");
    private final SampleImages images = new SampleImages(registry, app);

    private ImageManifest bundle(Manifest subject) throws InterruptedException {
        images.blob(MediaTypes.OCI_EMPTY, EmptyBlob.bytes());
        byte[] content = new KeySigner(SampleKeys.p256())
                .attest(new Predicate("https://example.com/review/v1", EmptyBlob.bytes())
                        .about(List.of(Subject.of(subject.digest()))))
                .toBytes();
        return images.put(ImageManifest.artifact(
                Bundle.MEDIA_TYPE,
                List.of(images.blob(Bundle.MEDIA_TYPE, content)),
                Optional.of(subject.descriptor()),
                Map.of()));
    }

    private void list(Manifest subject, Manifest... referrers) {
        List<Descriptor> listed = List.of(referrers).stream()
                .map(one -> one.descriptor().withArtifactType(Bundle.MEDIA_TYPE))
                .toList();
        registry.plant(app, new Tag("sha256-" + subject.digest().hex()), ImageIndex.of(listed, Map.of()));
    }

    @Test
    void isNotFollowed() throws Exception {
        ImageManifest image = images.image("linux/amd64", "a");
        ImageManifest first = bundle(image);
        ImageManifest second = bundle(first);
        list(image, first, image, second);
        list(first, second, image);
        list(second, first, second);
        registry.forgetRequests();

        List<Finding> findings = new ImageVerification(registry)
                .findings(ImageRef.of(app, image.digest()), new KeyVerifier(SampleKeys.trusted("p256.pub")));

        assertThat(findings).singleElement().isInstanceOf(Accepted.class);
        assertThat(registry.requests("REFERRERS")).containsExactly("REFERRERS " + app + " " + image.digest());
    }
}
