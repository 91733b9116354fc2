package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.layout.StoredImages;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image with the attestations that a real BuildKit made, byte for byte. */
class AttestedImageTest {
    private static final Repository APP = Repository.parse("ghcr.io/acme/app");
    private static final Repository MIRROR = Repository.parse("quay.io/acme/app");
    private static final Digest INDEX =
            Digest.parse("sha256:50f3d22fa039179ba7c9b8ee13f4bc79b98ced90e7bdf0f7b71b931408de6ee3");
    private static final Digest AMD64 =
            Digest.parse("sha256:ac1f14f9c3eb12717351e8c6890ad2c58cea110452fb1018595b6039c6f1ec70");
    private static final Digest ARM64 =
            Digest.parse("sha256:d7d067643188d8ffac340afb1c936cf0fb3cae8ee092d4307134e5ea38433e24");
    private static final Digest AMD64_ATTESTATION =
            Digest.parse("sha256:9397c2f46dc67ac345586c63098be7583f2a1aade98e8733ea554fbcf76f5f74");
    private static final Digest ARM64_ATTESTATION =
            Digest.parse("sha256:9ca9adb69881c3e978f0aef82a414b9570e14ea9b3fdd6d73bc748adbd7e81ce");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final IndexAssembly assembly = new IndexAssembly(registry, line -> {});

    @TempDir
    private Path folder;

    @BeforeEach
    void pushIt() throws IOException, InterruptedException {
        assertThat(StoredImages.push(StoredImages.ATTESTED, registry, APP)).isEqualTo(INDEX);
    }

    private ImageIndex index(Repository repository, Digest digest) throws InterruptedException {
        return (ImageIndex) registry.find(repository, digest).orElseThrow();
    }

    private static ChildImage child(String platform) {
        return new ChildImage(Optional.of(Platform.parse(platform)), ImageRef.of(APP, INDEX));
    }

    private static IndexRequest request(String... platforms) {
        List<ChildImage> children =
                List.of(platforms).stream().map(AttestedImageTest::child).toList();
        return new IndexRequest(MIRROR, children, List.of(), List.of(), Map.of());
    }

    @Test
    void isReadWithItsAttestations() throws InterruptedException {
        ImageIndex index = index(APP, INDEX);

        assertThat(index.platforms()).hasToString("[linux/amd64, linux/arm64]");
        assertThat(index.images()).extracting(Descriptor::digest).containsExactly(AMD64, ARM64);
        assertThat(index.attestationsOf(AMD64)).extracting(Descriptor::digest).containsExactly(AMD64_ATTESTATION);
        assertThat(index.attestationsOf(ARM64)).extracting(Descriptor::digest).containsExactly(ARM64_ATTESTATION);
    }

    @Test
    void isCopiedWhole() throws InterruptedException {
        new ImageCopy(registry, line -> {}).copy(APP, INDEX, MIRROR, List.of(), CopyScope.IMAGE);

        assertThat(registry.holdings(MIRROR))
                .isEqualTo(registry.holdings(APP))
                .contains("manifest " + AMD64_ATTESTATION, "manifest " + ARM64_ATTESTATION);
    }

    @Test
    void comesBackWholeFromAnArchive() throws IOException, InterruptedException {
        Path archive = folder.resolve("app.tar");
        StoredImages.pull(registry, APP, INDEX, archive);

        assertThat(StoredImages.push(archive, registry, MIRROR)).isEqualTo(INDEX);
        assertThat(registry.holdings(MIRROR)).isEqualTo(registry.holdings(APP));
    }

    @Test
    void keepsItsAttestationsInANewIndex() throws IOException, InterruptedException {
        PublishedImage image = assembly.publish(request("linux/amd64", "linux/arm64"));

        assertThat(index(MIRROR, image.digest()).manifests())
                .isEqualTo(index(APP, INDEX).manifests());
        assertThat(image.platforms())
                .extracting(PublishedPlatform::attestations)
                .containsExactly(List.of(AMD64_ATTESTATION), List.of(ARM64_ATTESTATION));
        assertThat(registry.holdings(MIRROR))
                .contains("manifest " + AMD64_ATTESTATION, "manifest " + ARM64_ATTESTATION);
    }

    @Test
    void keepsItsAttestationsWhereAPlatformIsAddedLater() throws IOException, InterruptedException {
        PublishedImage first = assembly.publish(request("linux/amd64"));

        PublishedImage grown = assembly.publish(request("linux/arm64").withAppend(Optional.of(first.reference())));

        assertThat(grown).isEqualTo(assembly.publish(request("linux/amd64", "linux/arm64")));
    }

    @Test
    void isForeseenWithItsAttestations() throws IOException, InterruptedException {
        ImageIndex attested = index(APP, INDEX);
        List<ForeseenIndex.Entry> children = attested.images().stream()
                .map(image -> new ForeseenIndex.Entry(
                        image.platform().orElseThrow(), image, attested.attestationsOf(image.digest())))
                .toList();

        assertThat(ForeseenIndex.of("app", children, List.of(), Map.of()).digest())
                .isEqualTo(
                        assembly.publish(request("linux/amd64", "linux/arm64")).digest());
    }
}
