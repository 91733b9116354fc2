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
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

    /** How tools choose that do not ask what needs what. */
    private enum Naive {
        /** What has no tag is of no use. */
        UNTAGGED {
            @Override
            boolean takes(StoredManifest manifest, Instant before) {
                return manifest.tags().isEmpty() && pushed(manifest).isBefore(before);
            }
        },
        /** What was pushed long ago is of no use, */
        PUSHED_LONG_AGO {
            @Override
            boolean takes(StoredManifest manifest, Instant before) {
                return !manifest.tags().isEmpty() && pushed(manifest).isBefore(before);
            }
        },
        /** An index goes with what it lists. */
        INDEX_BY_INDEX {
            @Override
            boolean takes(StoredManifest manifest, Instant before) {
                return PUSHED_LONG_AGO.takes(manifest, before);
            }

            @Override
            List<Digest> with(Digest digest, InMemoryRegistry registry) throws InterruptedException {
                List<Digest> all = new ArrayList<>(List.of(digest));
                registry.find(REPOSITORY, digest).orElseThrow().children().forEach(child -> all.add(child.digest()));
                return all;
            }
        };

        abstract boolean takes(StoredManifest manifest, Instant before);

        List<Digest> with(Digest digest, InMemoryRegistry registry) throws InterruptedException {
            return List.of(digest);
        }

        private static Instant pushed(StoredManifest manifest) {
            return manifest.pushed().orElse(Instant.EPOCH);
        }
    }

    /** What is there when such a tool was there, which ours knows nothing of. */
    private InMemoryRegistry after(Naive tool, int days) throws InterruptedException {
        return after(tool, days, registry -> {});
    }

    /** @param meanwhile what somebody else does when the tool has chosen */
    private InMemoryRegistry after(Naive tool, int days, Consumer<InMemoryRegistry> meanwhile)
            throws InterruptedException {
        InMemoryRegistry copy = new InMemoryRegistry();
        List<Digest> chosen = new ArrayList<>();
        for (StoredManifest manifest : there.store().list(REPOSITORY).orElseThrow()) {
            Manifest content =
                    there.registry.find(REPOSITORY, manifest.digest()).orElseThrow();
            copy.plant(REPOSITORY, content);
            manifest.tags().forEach(tag -> copy.plant(REPOSITORY, tag, content));
            if (tool.takes(manifest, NOW.minus(Duration.ofDays(days)))) {
                chosen.addAll(tool.with(manifest.digest(), there.registry));
            }
        }
        meanwhile.accept(copy);
        for (Digest digest : chosen) {
            copy.delete(REPOSITORY, digest);
        }
        return copy;
    }

    private static boolean has(InMemoryRegistry registry, Digest digest) throws InterruptedException {
        return registry.find(REPOSITORY, digest).isPresent();
    }

    /** actions/delete-package-versions#90 and #162, snok/container-retention-policy#63, vlaurin/action-ghcr-prune#75. */
    @Test
    void untaggedChildrenOfAnIndexThatStays() throws InterruptedException {
        ImageIndex release = there.image("release", 90, "1.0.0");

        InMemoryRegistry naive = after(Naive.UNTAGGED, 7);
        assertThat(has(naive, release.digest())).isTrue();
        assertThat(isWhole(naive, release)).isFalse();

        there.apply(keep("*=10"));
        assertThat(isWhole(there.registry, release)).isTrue();
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

        InMemoryRegistry naive = after(Naive.UNTAGGED, 7);
        assertThat(has(naive, provenance.digest())).isFalse();
        assertThat(has(naive, sbom.digest())).isFalse();
        assertThat(has(naive, ofSbom.digest())).isFalse();

        there.apply(keep("*=10"));
        assertThat(there.has(sbom)).isTrue();
        assertThat(there.has(signature)).isTrue();
        assertThat(there.has(ofSbom)).isTrue();
        assertThat(isWhole(there.registry, release)).isTrue();
    }

    /** aws/containers-roadmap#2746: age counts from the push, and the image that was promoted yesterday goes. */
    @Test
    void anOldImageThatWasPromotedYesterday() throws InterruptedException {
        ImageIndex promoted = there.image("promoted", 200, "prod-1");
        ImageIndex newest = there.image("newest", 2, "prod-2");
        receipt(promoted, 1);

        assertThat(has(after(Naive.PUSHED_LONG_AGO, 180), promoted.digest())).isFalse();

        there.apply(younger("prod-*=180d"));
        assertThat(isWhole(there.registry, promoted)).isTrue();
        assertThat(isWhole(there.registry, newest)).isTrue();
    }

    /** snok/container-retention-policy#97, some-natalie/kubernoodles#664: two tags share what did not change. */
    @Test
    void aChildThatTwoIndexesShare() throws InterruptedException {
        ImageManifest shared = there.platform("linux/arm64", "shared", 90);
        ImageIndex old = there.images.index(there.platform("linux/amd64", "old", 90), shared);
        there.tag("dev-1", old);
        ImageIndex kept = there.images.index(there.platform("linux/amd64", "kept", 1), shared);
        there.tag("dev-2", kept);

        there.pushedAgo(old, 90);
        there.pushedAgo(kept, 1);
        InMemoryRegistry naive = after(Naive.INDEX_BY_INDEX, 7);
        assertThat(has(naive, kept.digest())).isTrue();
        assertThat(isWhole(naive, kept)).isFalse();

        there.apply(keep("dev-*=1"));
        assertThat(there.has(old)).isFalse();
        assertThat(isWhole(there.registry, kept)).isTrue();
    }

    /** Mic92/niks3#291, actions/delete-package-versions#4: a build pushes its children first and its index last. */
    @Test
    void aBuildThatIsPushingRightNow() throws InterruptedException {
        there.image("old", 90, "dev-1");
        there.image("new", 1, "dev-2");
        ImageManifest pushing = there.platform("linux/amd64", "pushing", 0);

        there.pushedAgo(pushing, 1);
        assertThat(has(after(Naive.UNTAGGED, 0), pushing.digest())).isFalse();

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
        assertThat(isWhole(
                        after(
                                Naive.INDEX_BY_INDEX,
                                7,
                                registry -> registry.plant(REPOSITORY, new Tag("dev-3"), pushing)),
                        pushing))
                .isFalse();
        there.registry.before(request -> {
            if (request.equals("DELETE " + REPOSITORY + " " + old.digest())) {
                there.registry.plant(REPOSITORY, new Tag("dev-3"), pushing);
            }
        });

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(there.has(old)).isFalse();
        assertThat(isWhole(there.registry, pushing)).isTrue();
        assertThat(report.broken()).isEmpty();
    }

    /** A tag that stays in any case is moved back to an image that goes, when all is read and nothing deleted yet. */
    @Test
    void aRollbackToAnImageThatGoes() throws InterruptedException {
        ImageIndex old = there.image("old", 90, "dev-1");
        there.image("new", 1, "dev-2");
        there.image("standing", 1, "prod");
        Consumer<InMemoryRegistry> rollback = registry -> registry.plant(REPOSITORY, new Tag("prod"), old);
        assertThat(after(Naive.INDEX_BY_INDEX, 7, rollback).find(REPOSITORY, new Tag("prod")))
                .isEmpty();
        AtomicInteger lists = new AtomicInteger();
        there.registry.before(request -> {
            if (request.equals("TAGS " + REPOSITORY) && lists.incrementAndGet() == 1) {
                rollback.accept(there.registry);
            }
        });

        PruneReport report = there.apply(keep("dev-*=1"));

        assertThat(there.registry.find(REPOSITORY, new Tag("prod"))).contains(old);
        assertThat(isWhole(there.registry, old)).isTrue();
        assertThat(report.broken()).isEmpty();
    }

    private static boolean isWhole(InMemoryRegistry registry, ImageIndex index) throws InterruptedException {
        boolean all = has(registry, index.digest());
        for (Descriptor child : index.manifests()) {
            all &= has(registry, child.digest());
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
