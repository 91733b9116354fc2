package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What {@link Registry} promises of referrers, by its API and by the fallback tag. */
interface ReferrerContract extends ContractedRegistry {
    String SBOM = "application/spdx+json";
    String PROVENANCE = "application/vnd.in-toto+json";

    @Test
    default void listsReferrersWithTypeAndAnnotations() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");

        ImageManifest sbom = referrer(app(), image, SBOM, "one");
        ImageManifest provenance = referrer(app(), image, PROVENANCE, "two");

        assertThat(registry().referrers(app(), image.digest(), ""))
                .containsExactlyInAnyOrder(listed(sbom), listed(provenance));
        assertThat(registry().referrers(app(), image.digest(), SBOM)).containsExactly(listed(sbom));
        assertThat(registry().referrers(app(), image.digest(), "application/none"))
                .isEmpty();
    }

    @Test
    default void listsNoReferrersOfWhatIsNotThere() throws Exception {
        assertThat(registry().referrers(app(), NOWHERE, "")).isEmpty();
    }

    @Test
    default void keepsTheFallbackTagWhereThereIsNoReferrersApi() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        Tag fallback = new Tag("sha256-" + image.digest().hex());

        ImageManifest sbom = referrer(app(), image, SBOM, "one");

        if (can(Ability.REFERRERS_API)) {
            assertThat(registry().find(app(), fallback)).isEmpty();
        } else {
            assertThat(registry().find(app(), fallback).orElseThrow().children())
                    .containsExactly(listed(sbom));
        }
    }

    @Test
    default void listsAReferrerOnceHoweverOftenItIsPut() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        ImageManifest sbom = referrer(app(), image, SBOM, "one");

        registry().put(app(), sbom.digest(), sbom);

        assertThat(registry().referrers(app(), image.digest(), "")).containsExactly(listed(sbom));
    }

    @Test
    default void losesNoReferrerWhenManyAreWrittenAtOnce() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<ImageManifest>> writers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String content = "evidence " + i;
            writers.add(() -> referrer(app(), image, PROVENANCE, content));
        }

        List<Descriptor> expected = new ArrayList<>();
        for (Future<ImageManifest> written : threads.invokeAll(writers)) {
            expected.add(listed(written.get()));
        }
        threads.shutdown();

        assertThat(registry().referrers(app(), image.digest(), "")).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    default void takesADeletedReferrerOffTheList() throws Exception {
        assumeTrue(can(Ability.DELETE), "this registry deletes nothing");
        ImageManifest image = image(app(), "linux/amd64");
        ImageManifest sbom = referrer(app(), image, SBOM, "one");
        ImageManifest provenance = referrer(app(), image, PROVENANCE, "two");

        boolean deleted = registry().delete(app(), sbom.digest());

        assertThat(deleted).isTrue();
        assertThat(registry().referrers(app(), image.digest(), "")).containsExactly(listed(provenance));
    }

    private ImageManifest referrer(Repository repository, Manifest subject, String type, String content)
            throws InterruptedException {
        registry().push(repository, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        ImageManifest referrer = ImageManifest.artifact(
                type,
                List.of(pushed(repository, type, content)),
                Optional.of(subject.descriptor()),
                Map.of("org.example.content", content));
        registry().put(repository, referrer.digest(), referrer);
        return referrer;
    }

    private static Descriptor listed(ImageManifest referrer) {
        return referrer.descriptor().withArtifactType(referrer.artifactType()).withAnnotations(referrer.annotations());
    }
}
