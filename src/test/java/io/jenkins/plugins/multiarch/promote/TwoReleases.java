package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.util.ArrayList;
import java.util.List;

/**
 * Images of two releases, for two platforms each: the first behind Docker's lists spread over many lines, the second behind
 * OCI indexes with BuildKit's attestations, referrers and a signature of cosign's.
 */
final class TwoReleases {
    static final List<Tag> TAGS = Tag.parseAll(List.of("1.4.2", "stable", "latest"));
    /** The tags that lead to the first release from the beginning. */
    static final List<Tag> STANDING = Tag.parseAll(List.of("stable", "latest"));

    private final Registry registry;
    private final List<Repository> repositories;
    private final List<Manifest> first = new ArrayList<>();
    private final List<Manifest> second = new ArrayList<>();

    TwoReleases(Registry registry, List<Repository> repositories) throws InterruptedException {
        this.registry = registry;
        this.repositories = List.copyOf(repositories);
        for (Repository repository : repositories) {
            SampleImages samples = new SampleImages(registry, repository);
            Manifest old = samples.prettyDockerList(
                    samples.image("linux/amd64", repository.path() + 1).descriptor(),
                    samples.image("linux/arm64", repository.path() + 1).descriptor());
            for (Tag tag : STANDING) {
                samples.tag(tag.name(), old);
            }
            first.add(old);
            second.add(second(samples, repository.path() + 2));
        }
    }

    private static ImageIndex second(SampleImages samples, String layer) throws InterruptedException {
        ImageManifest amd64 = samples.image("linux/amd64", layer);
        ImageManifest arm64 = samples.image("linux/arm64", layer);
        ImageIndex index = samples.index(List.of(
                amd64.descriptor(),
                arm64.descriptor(),
                samples.attestation(amd64, false),
                samples.attestation(arm64, true)));
        samples.referrer(index, "looked at");
        samples.referrer(arm64, "looked at more closely");
        samples.cosign(index, ".sig", "signed");
        return index;
    }

    Repository repository(int number) {
        return repositories.get(number);
    }

    List<Repository> repositories() {
        return repositories;
    }

    Manifest first(int number) {
        return first.get(number);
    }

    Manifest second(int number) {
        return second.get(number);
    }

    /** Promotes the second release. */
    PromotionRequest request(List<Tag> tags) {
        List<ImageRef> images = new ArrayList<>();
        for (int i = 0; i < repositories.size(); i++) {
            images.add(ImageRef.of(repositories.get(i), second.get(i).digest()));
        }
        return new PromotionRequest(images, tags, List.of()).guarded(Guards.NONE.platformLoss(false));
    }

    void assertStandAtTheFirst() throws InterruptedException {
        assertStandAt(first, STANDING);
    }

    void assertStandAtTheSecond(List<Tag> tags) throws InterruptedException {
        assertStandAt(second, tags);
    }

    private void assertStandAt(List<Manifest> release, List<Tag> tags) throws InterruptedException {
        for (int i = 0; i < repositories.size(); i++) {
            for (Tag tag : tags) {
                assertSame(repositories.get(i), tag, release.get(i));
            }
        }
    }

    /** That a tag leads to the same bytes. */
    void assertSame(Repository repository, Tag tag, Manifest manifest) throws InterruptedException {
        assertThat(registry.find(repository, tag).map(Manifest::bytes))
                .as(repository + ":" + tag)
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(manifest.bytes()));
    }

    /** That a repository has the same bytes under a digest. */
    void assertHas(Repository repository, Digest digest) throws InterruptedException {
        assertThat(registry.find(repository, digest).map(Manifest::bytes))
                .as(repository + "@" + digest)
                .hasValueSatisfying(bytes -> assertThat(Digest.sha256(bytes)).isEqualTo(digest));
    }
}
