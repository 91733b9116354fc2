package io.jenkins.plugins.multiarch.retention;

import static io.jenkins.plugins.multiarch.retention.PrunedImages.NOW;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.REPOSITORY;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.keep;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.younger;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened to others, each first with the tool that did it. */
class FamousAccidentsTest {
    private PrunedImages there;

    @BeforeEach
    void startsWithImages(@TempDir Path folder) {
        there = new PrunedImages(folder).listed();
    }

    /** What tools did that look at tags and dates of single manifests. */
    private Set<Digest> naively(int days) throws InterruptedException {
        Set<Digest> deleted = new HashSet<>();
        for (StoredManifest manifest : there.store().list(REPOSITORY).orElseThrow()) {
            Instant pushed = manifest.pushed().orElse(Instant.EPOCH);
            if (manifest.tags().isEmpty() && pushed.isBefore(NOW.minus(Duration.ofDays(days)))) {
                deleted.add(manifest.digest());
            }
        }
        return deleted;
    }

    /** actions/delete-package-versions#90 and #162, snok/container-retention-policy#63, vlaurin/action-ghcr-prune#75. */
    @Test
    void untaggedChildrenOfAnIndexThatStays() throws InterruptedException {
        ImageIndex release = there.image("release", 90, "1.0.0");

        assertThat(naively(7)).contains(release.manifests().get(0).digest());

        there.apply(keep("*=10"));
        assertThat(there.has(release)).isTrue();
        assertThat(allOf(release)).isTrue();
    }

    /** dataaxiom/ghcr-cleanup-action#1, goharbor/harbor#18014: what is about a child is about the index. */
    @Test
    void attestationsOfTheChildrenOfAnIndexThatStays() throws InterruptedException {
        ImageManifest amd64 = there.platform("linux/amd64", "release", 90);
        Descriptor provenance = there.images.attestation(amd64, false);
        ImageIndex release = there.images.index(List.of(amd64.descriptor(), provenance));
        there.tag("1.0.0", release);
        ImageManifest sbom = there.images.referrer(amd64, "sbom");
        ImageManifest signature = there.images.cosign(amd64, ".sig", "signed");
        ImageManifest ofSbom = there.images.referrer(sbom, "signature of the sbom");

        assertThat(naively(7)).contains(provenance.digest(), sbom.digest(), ofSbom.digest());

        there.apply(keep("*=10"));
        assertThat(there.has(sbom)).isTrue();
        assertThat(there.has(signature)).isTrue();
        assertThat(there.has(ofSbom)).isTrue();
        assertThat(allOf(release)).isTrue();
    }

    /** aws/containers-roadmap#2746: age counts from the push, and the image that was promoted yesterday goes. */
    @Test
    void anOldImageThatWasPromotedYesterday() throws InterruptedException {
        ImageIndex promoted = there.image("promoted", 200, "prod-1");
        ImageIndex newest = there.image("newest", 2, "prod-2");
        receipt(promoted, 1);

        Instant pushed = there.store().list(REPOSITORY).orElseThrow().stream()
                .filter(one -> one.digest().equals(promoted.digest()))
                .findFirst()
                .flatMap(StoredManifest::pushed)
                .orElseThrow();
        assertThat(pushed).as("by its push it would go").isBefore(NOW.minus(Duration.ofDays(180)));

        there.apply(younger("prod-*=180d"));
        assertThat(allOf(promoted)).isTrue();
        assertThat(allOf(newest)).isTrue();
    }

    /** snok/container-retention-policy#97, some-natalie/kubernoodles#664: two tags share what did not change. */
    @Test
    void aChildThatTwoIndexesShare() throws InterruptedException {
        ImageManifest shared = there.platform("linux/arm64", "shared", 90);
        ImageIndex old = there.images.index(there.platform("linux/amd64", "old", 90), shared);
        there.tag("dev-1", old);
        ImageIndex kept = there.images.index(there.platform("linux/amd64", "kept", 1), shared);
        there.tag("dev-2", kept);

        assertThat(withItsChildren(old)).contains(shared.digest());

        there.apply(keep("dev-*=1"));
        assertThat(there.has(old)).isFalse();
        assertThat(allOf(kept)).isTrue();
    }

    /** Mic92/niks3#291, actions/delete-package-versions#4: a build pushes its children first and its index last. */
    @Test
    void aBuildThatIsPushingRightNow() throws InterruptedException {
        there.image("old", 90, "dev-1");
        there.image("new", 1, "dev-2");
        ImageManifest pushing = there.platform("linux/amd64", "pushing", 0);

        assertThat(naively(0)).doesNotContain(there.image("x", 1, "dev-3").digest());
        there.pushedAgo(pushing, 0);
        assertThat(untagged()).contains(pushing.digest());

        there.apply(keep("dev-*=1"));
        assertThat(there.has(pushing)).isTrue();
    }

    /** The same where the build finds its children there already, in an image that goes, and does not push them again. */
    @Test
    void aBuildThatTakesItsChildrenFromAnImageThatGoes() throws InterruptedException {
        ImageIndex old = there.image("old", 90, "dev-1");
        there.image("new", 1, "dev-2");
        ImageIndex pushing =
                ImageIndex.of(List.of(old.manifests().get(1), old.manifests().get(0)), Map.of());
        there.registry.before(request -> {
            if (request.equals("DELETE " + REPOSITORY + " " + old.digest())) {
                there.registry.plant(REPOSITORY, new Tag("dev-3"), pushing);
            }
        });

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(there.has(old)).isFalse();
        assertThat(allOf(pushing)).isTrue();
        assertThat(report.broken()).isEmpty();
    }

    private Set<Digest> untagged() throws InterruptedException {
        Set<Digest> all = new HashSet<>();
        there.store().list(REPOSITORY).orElseThrow().stream()
                .filter(manifest -> manifest.tags().isEmpty())
                .forEach(manifest -> all.add(manifest.digest()));
        return all;
    }

    private static Set<Digest> withItsChildren(ImageIndex index) {
        Set<Digest> all = new HashSet<>(Set.of(index.digest()));
        index.manifests().forEach(child -> all.add(child.digest()));
        return all;
    }

    private boolean allOf(ImageIndex index) throws InterruptedException {
        boolean all = there.has(index);
        for (Descriptor child : index.manifests()) {
            all &= there.registry.find(REPOSITORY, child.digest()).isPresent();
        }
        return all;
    }

    private void receipt(Manifest image, int days) throws InterruptedException {
        there.images.blob(MediaTypes.OCI_EMPTY, EmptyBlob.bytes());
        ImageManifest receipt = ImageManifest.artifact(
                "application/vnd.jenkins.multiarch.receipt.v1+json",
                List.of(EmptyBlob.DESCRIPTOR),
                Optional.of(image.descriptor()),
                Map.of(
                        "org.opencontainers.image.created",
                        NOW.minus(Duration.ofDays(days)).toString()));
        there.registry.put(REPOSITORY, receipt.digest(), receipt);
    }
}
