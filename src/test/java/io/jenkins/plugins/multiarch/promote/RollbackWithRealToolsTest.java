package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against docker-registry, which lists no referrers, with oras and cosign as others who read receipts. */
class RollbackWithRealToolsTest {
    private static final List<Tag> TAGS = Tag.parseAll(List.of("stable", "latest"));

    @TempDir
    Path folder;

    private final Registry registry = HttpRegistry.builder().build();
    private final List<Repository> repositories = new ArrayList<>();
    private final List<Manifest> first = new ArrayList<>();
    private final List<Manifest> second = new ArrayList<>();

    private void release(Optional<Signer> signer) throws Exception {
        String run = Long.toString(System.nanoTime(), 36);
        for (String name : List.of("api", "web")) {
            Repository repository = Repository.parse(RealTools.registry("registry") + "/rollback/" + run + "/" + name);
            SampleImages samples = new SampleImages(registry, repository);
            repositories.add(repository);
            first.add(samples.prettyDockerList(
                    samples.image("linux/amd64", name + 1).descriptor(),
                    samples.image("linux/arm64", name + 1).descriptor()));
            second.add(samples.index(samples.image("linux/amd64", name + 2), samples.image("linux/arm64", name + 2)));
        }
        promote(first, signer);
        promote(second, signer);
    }

    private void promote(List<Manifest> manifests, Optional<Signer> signer) throws Exception {
        List<ImageRef> images = new ArrayList<>();
        for (int i = 0; i < repositories.size(); i++) {
            images.add(ImageRef.of(repositories.get(i), manifests.get(i).digest()));
        }
        new Promotion(
                        registry,
                        line -> {},
                        Journal.NONE,
                        new TagLocks(),
                        Copier.here(registry, line -> {}),
                        Optional.of(new Receipts(registry, signer, Optional.empty())))
                .promote(new PromotionRequest(images, TAGS, List.of()));
    }

    private void rollBack(String to) throws Exception {
        Receipts receipts = new Receipts(registry, Optional.empty(), Optional.empty());
        new Rollback(registry, line -> {}, Journal.NONE, new TagLocks(), receipts)
                .rollBack(new RollbackRequest(repositories, TAGS, RollbackTarget.parse(to)));
    }

    @Test
    void goesBackToTheSameBytesAndForthAgain() throws Exception {
        RealTools.require("registry");
        release(Optional.empty());

        rollBack("previous");

        for (int i = 0; i < repositories.size(); i++) {
            for (Tag tag : TAGS) {
                assertThat(registry.find(repositories.get(i), tag).orElseThrow().bytes())
                        .isEqualTo(first.get(i).bytes());
            }
        }
        rollBack(second.get(0).digest().toString());
        assertThat(registry.head(repositories.get(1), Tag.LATEST).map(Descriptor::digest))
                .contains(second.get(1).digest());
    }

    @Test
    void leavesReceiptsThatOrasListsAndCosignVerifies() throws Exception {
        RealTools.require("registry", "oras", "cosign");
        release(Optional.of(new KeySigner(SampleKeys.p256())));
        rollBack("previous");
        String image = repositories.get(1) + "@" + first.get(1).digest();
        Path key = Files.write(folder.resolve("key.pub"), SampleKeys.file("p256.pub"));
        Path root = Files.writeString(
                folder.resolve("root.json"),
                "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}");

        String listed = RealTools.run(RealTools.command("oras"), "discover", "--plain-http", "--format", "json", image);
        String verified = RealTools.run(
                RealTools.command("cosign"),
                "verify-attestation",
                "--type",
                PredicateTypes.VERIFICATION_SUMMARY,
                "--new-bundle-format",
                "--trusted-root",
                root.toString(),
                "--key",
                key.toString(),
                "--insecure-ignore-tlog",
                "--allow-http-registry",
                image);

        assertThat(listed).contains(Receipts.PLAIN_TYPE, "application/vnd.dev.sigstore.bundle.v0.3+json");
        assertThat(verified).contains("\"payloadType\":\"application/vnd.in-toto+json\"");
    }
}
