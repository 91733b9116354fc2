package io.jenkins.plugins.multiarch.retention;

import static io.jenkins.plugins.multiarch.retention.PrunedImages.NOW;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.REPOSITORY;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.deletes;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.of;
import static io.jenkins.plugins.multiarch.retention.PrunedImages.younger;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.promote.Journal;
import io.jenkins.plugins.multiarch.promote.Promotion;
import io.jenkins.plugins.multiarch.promote.PromotionRequest;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How old an image is for rules that go by age. */
class ImageAgeTest {
    private PrunedImages there;

    @BeforeEach
    void startsWithImages(@TempDir Path folder) {
        there = new PrunedImages(folder);
    }

    @Test
    void isAsYoungAsTheYoungestOfItsPlatforms() throws InterruptedException {
        ImageIndex half = there.images.index(
                there.platform("linux/amd64", "cached", 300), there.platform("linux/arm64", "fresh", 1));
        there.tag("prod-1", half);
        ImageIndex nested = there.images.index(half, there.platform("linux/s390x", "old", 300));
        there.tag("prod-2", nested);
        ImageIndex old = there.image("old", 200, "prod-3");
        there.image("newest", 0, "prod-4");

        RetentionPlan plan = there.plan(younger("prod-*=180d"));

        assertThat(deletes(plan, half)).isFalse();
        assertThat(deletes(plan, nested)).isFalse();
        assertThat(deletes(plan, old)).isTrue();
    }

    @Test
    void readsConfigurationsBesideAnnotationsThatMayComeFromABaseImage() throws InterruptedException {
        ImageManifest fresh = there.platform("linux/amd64", "fresh", 1);
        ImageManifest inherited = ImageManifest.of(
                fresh.config(),
                fresh.layers(),
                Map.of(
                        "org.opencontainers.image.created",
                        NOW.minus(Duration.ofDays(300)).toString()));
        there.registry.put(REPOSITORY, inherited.digest(), inherited);
        ImageIndex index = there.images.index(inherited);
        there.tag("prod-1", index);
        there.tag("prod-2", inherited);
        there.image("newest", 0, "prod-3");

        RetentionPlan plan = there.plan(younger("prod-*=180d"));

        assertThat(deletes(plan, index)).isFalse();
        assertThat(deletes(plan, inherited)).isFalse();
    }

    @Test
    void keepsWhatHasAPlatformWhoseAgeCannotBeRead() throws InterruptedException {
        ImageManifest lost = there.platform("linux/arm64", "lost", 1);
        ImageIndex index = there.images.index(there.platform("linux/amd64", "old", 300), lost);
        there.tag("prod-1", index);
        there.image("newest", 0, "prod-2");
        there.registry.before(request -> {
            if (request.equals("GET-BLOB " + REPOSITORY + " " + lost.config().digest())) {
                throw new RegistryException("GET was answered with 500.", "Try again.", 500, "", true, null);
            }
        });

        assertThat(of(there.plan(younger("prod-*=180d")), index))
                .hasValueSatisfying(one -> assertThat(one.reason()).contains("its place by age is not known"));
    }

    @Test
    void readsNoConfigurationThatDecidesNothing() throws InterruptedException {
        ImageIndex protects = there.image("protected", 300, "stable");
        ImageManifest old = there.platform("linux/amd64", "old", 300);
        ImageIndex says = ImageIndex.of(
                List.of(old.descriptor()),
                Map.of(
                        "org.opencontainers.image.created",
                        NOW.minus(Duration.ofDays(299)).toString()));
        there.tag("prod-1", says);
        there.image("by version", 300, "1.0.0");
        there.registry.forgetRequests();

        RetentionPlan plan = there.plan(RulesReader.read(
                ("{\"rules\": [{\"tags\": \"*\", \"younger\": \"180d\", \"repositories\": \"*/other\"},"
                                + " {\"tags\": \"prod-*\", \"younger\": \"180d\", \"keep\": 0},"
                                + " {\"tags\": \"1.*\", \"minors\": 1, \"patches\": 1}], \"protect\": [\"stable\"]}")
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(deletes(plan, says)).isTrue();
        assertThat(deletes(plan, protects)).isFalse();
        assertThat(there.registry.requests("GET-BLOB")).isEmpty();
    }

    @Test
    void takesNoAttestationForAnImageWithAnAge() throws InterruptedException {
        ImageManifest old = there.platform("linux/amd64", "old", 300);
        Descriptor statement = there.images.blob("application/vnd.in-toto+json", "{}".getBytes(StandardCharsets.UTF_8));
        ImageManifest provenance = ImageManifest.of(old.config(), List.of(statement), Map.of());
        there.registry.put(REPOSITORY, provenance.digest(), provenance);
        there.tag("prod-1", there.images.index(old, provenance));
        there.registry.forgetRequests();

        there.plan(younger("prod-*=180d"));

        assertThat(there.registry.requests("GET-BLOB")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAPromotionForAnAge(boolean signed) throws Exception {
        ImageIndex promoted = there.image("promoted", 300, "prod-1");
        ImageIndex forgotten = there.image("forgotten", 299, "prod-2");
        there.image("newest", 1, "prod-3");
        Optional<Signer> signer = signed ? Optional.of(new KeySigner(SampleKeys.p256())) : Optional.empty();
        new Promotion(
                        there.registry,
                        line -> {},
                        Journal.NONE,
                        new TagLocks(),
                        Copier.here(there.registry, line -> {}),
                        Optional.of(new Receipts(there.registry, signer, Optional.empty())))
                .promote(new PromotionRequest(
                        List.of(ImageRef.of(REPOSITORY, promoted.digest())), List.of(new Tag("prod-9")), List.of()));
        there.at(Instant.now());

        RetentionPlan plan = there.plan(younger("prod-*=180d"));

        assertThat(deletes(plan, forgotten)).isTrue();
        assertThat(of(plan, promoted))
                .hasValueSatisfying(one -> assertThat(one.kept()).isTrue());
    }
}
