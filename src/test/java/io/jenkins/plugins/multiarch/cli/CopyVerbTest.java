package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyVerbTest {
    private FakeRegistry source;
    private FakeRegistry target;
    private Manifest image;

    @BeforeEach
    void publish() {
        source = FakeRegistry.start();
        target = FakeRegistry.start();
        image = source.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64");
    }

    @AfterEach
    void stop() {
        source.close();
        target.close();
    }

    @Test
    void copiesToAnotherRegistryAndSaysWhereTheCopyIs() {
        CommandLineRun run = CommandLineRun.of("copy", from("1.4"), to(":1.4"));

        assertThat(run.out()).isEqualTo(to("@" + image.digest()) + "\n");
        assertThat(run.err())
                .isEqualTo(
                        "Copied %s/acme/app@%s to %s: 3 manifests (0 of them referrers), 0 blobs mounted, 4 sent (0.0 MB), 0 there before.\n"
                                        .formatted(source.address(), image.digest(), to(""))
                                + "Tagged %s as %s.\n".formatted(to(":1.4"), image.digest()));
        assertThat(run.code()).isZero();
        assertThat(target.tagged("mirror/app", "1.4")).contains(image.digest());
    }

    @Test
    void printsTheSameAsJson() {
        CommandLineRun run = CommandLineRun.of("copy", from("1.4"), to(":1.4"), "--json");

        assertThat(run.out()).isEqualTo("""
                        {
                          "reference" : "%s@%s",
                          "repository" : "%s",
                          "digest" : "%s",
                          "tags" : [
                            "1.4"
                          ],
                          "manifests" : 3,
                          "referrers" : 0,
                          "blobsMounted" : 0,
                          "blobsUploaded" : 4,
                          "blobsPresent" : 0,
                          "bytesUploaded" : %d
                        }
                        """.formatted(to(""), image.digest(), to(""), image.digest(), bytes()));
    }

    @Test
    void leavesTheCopyWithoutATagUnlessOneIsNamed() {
        CommandLineRun.of("copy", from("1.4"), to(""));

        assertThat(target.tags("mirror/app")).isEmpty();
        assertThat(target.manifests("mirror/app")).contains(image.digest());
    }

    @Test
    void takesReferrersAlongOnRequest() {
        ImageManifest sbom = source.addReferrer("acme/app", image, "application/spdx+json", "{}");

        CommandLineRun.of("copy", from("1.4"), to(":plain"));
        assertThat(target.manifests("mirror/app")).doesNotContain(sbom.digest());

        CommandLineRun.of("copy", from("1.4"), to(":whole"), "--referrers");
        assertThat(target.manifests("mirror/app")).contains(sbom.digest());
    }

    @Test
    void refusesATargetWithADigest() {
        String digest = "@" + image.digest();

        CommandLineRun run = CommandLineRun.of("copy", from("1.4"), to(digest));

        assertThat(run.err())
                .isEqualTo("The target '" + to(digest)
                        + "' has a digest, but the copy has that of the source. Leave it out.\n"
                        + "See 'multiarch-release copy --help'.\n");
        assertThat(run.code()).isEqualTo(2);
    }

    private long bytes() {
        return source.manifests("acme/app").stream()
                .map(digest ->
                        Manifest.parse(source.manifest("acme/app", digest).orElseThrow(), ""))
                .filter(ImageManifest.class::isInstance)
                .flatMap(manifest -> manifest.children().stream())
                .mapToLong(blob -> blob.size())
                .sum();
    }

    private String from(String tag) {
        return source.address() + "/acme/app:" + tag;
    }

    private String to(String reference) {
        return target.address() + "/mirror/app" + reference;
    }
}
