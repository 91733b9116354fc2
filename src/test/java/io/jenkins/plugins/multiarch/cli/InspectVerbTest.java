package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectVerbTest {
    private static final String SBOM = "application/spdx+json";

    private FakeRegistry registry;
    private ImageManifest amd64;
    private ImageManifest arm64;
    private ImageManifest attestation;
    private ImageManifest sbom;
    private ImageManifest signature;
    private ImageIndex index;

    @BeforeEach
    void publishAnImageAboutWhichMuchIsSaid() {
        registry = FakeRegistry.start();
        amd64 = registry.addImageManifest("acme/app", "1.4", "linux/amd64");
        arm64 = registry.addImageManifest("acme/app", "1.4", "linux/arm64");
        attestation = registry.addImageManifest("acme/app", "provenance", "unknown/unknown");
        index = registry.addIndex(
                "acme/app",
                "1.4",
                amd64.descriptor().withPlatform(Platform.parse("linux/amd64")),
                arm64.descriptor().withPlatform(Platform.parse("linux/arm64")),
                attestation
                        .descriptor()
                        .withPlatform(Platform.parse("unknown/unknown"))
                        .withAnnotations(Map.of(
                                "vnd.docker.reference.type",
                                "attestation-manifest",
                                "vnd.docker.reference.digest",
                                amd64.digest().toString())));
        sbom = registry.addReferrer("acme/app", amd64, SBOM, "{}");
        signature = registry.addReferrer("acme/app", index, "application/vnd.example.signature", "signed");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void showsWhatIsInsideWhatWithWholeDigests() {
        CommandLineRun run = CommandLineRun.of("inspect", image());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo("%s@%s\n".formatted(registry.address() + "/acme/app", index.digest())
                        + "Type:     application/vnd.oci.image.index.v1+json\n"
                        + "Platforms:\n"
                        + "  linux/amd64    %s  %s\n".formatted(amd64.digest(), content(amd64))
                        + "    attestation  %s\n".formatted(attestation.digest())
                        + "    referrer     %s  application/spdx+json\n".formatted(sbom.digest())
                        + "  linux/arm64    %s  %s\n".formatted(arm64.digest(), content(arm64))
                        + "Referrers:\n"
                        + "  %s  application/vnd.example.signature\n".formatted(signature.digest()));
    }

    @Test
    void printsTheSameAsJson() {
        CommandLineRun run = CommandLineRun.of("inspect", image(), "--json");

        String repository = registry.address() + "/acme/app";
        assertThat(run.out()).isEqualTo("""
                        {
                          "reference" : "%s@%s",
                          "repository" : "%s",
                          "digest" : "%s",
                          "mediaType" : "application/vnd.oci.image.index.v1+json",
                          "artifactType" : "",
                          "size" : %d,
                          "annotations" : { },
                          "subject" : "",
                          "platforms" : [
                            {
                              "platform" : "linux/amd64",
                              "digest" : "%s",
                              "size" : %d,
                              "layers" : %d,
                              "contentSize" : %d,
                              "attestations" : [
                                "%s"
                              ],
                              "referrers" : [
                                {
                                  "digest" : "%s",
                                  "artifactType" : "application/spdx+json",
                                  "size" : %d
                                }
                              ]
                            },
                            {
                              "platform" : "linux/arm64",
                              "digest" : "%s",
                              "size" : %d,
                              "layers" : %d,
                              "contentSize" : %d,
                              "attestations" : [ ],
                              "referrers" : [ ]
                            }
                          ],
                          "referrers" : [
                            {
                              "digest" : "%s",
                              "artifactType" : "application/vnd.example.signature",
                              "size" : %d
                            }
                          ]
                        }
                        """.formatted(
                        repository,
                        index.digest(),
                        repository,
                        index.digest(),
                        index.bytes().length,
                        amd64.digest(),
                        amd64.bytes().length,
                        amd64.layers().size(),
                        contentSize(amd64),
                        attestation.digest(),
                        sbom.digest(),
                        sbom.bytes().length,
                        arm64.digest(),
                        arm64.bytes().length,
                        arm64.layers().size(),
                        contentSize(arm64),
                        signature.digest(),
                        signature.bytes().length));
    }

    @Test
    void printsTheExactBytes() {
        CommandLineRun run = CommandLineRun.of("inspect", image(), "--raw");

        assertThat(run.bytes()).isEqualTo(index.bytes());
    }

    @Test
    void readsThePlatformOfASingleImageFromItsConfiguration() {
        CommandLineRun run = CommandLineRun.of("inspect", registry.address() + "/acme/app@" + arm64.digest());

        assertThat(run.out())
                .isEqualTo("%s/acme/app@%s\n".formatted(registry.address(), arm64.digest())
                        + "Type:     application/vnd.oci.image.manifest.v1+json\n"
                        + "Platforms:\n"
                        + "  linux/arm64    %s  %s\n".formatted(arm64.digest(), content(arm64)));
    }

    @Test
    void showsWhatAnArtifactIsAbout() {
        CommandLineRun run = CommandLineRun.of("inspect", registry.address() + "/acme/app@" + sbom.digest());

        assertThat(run.out())
                .isEqualTo("%s/acme/app@%s\n".formatted(registry.address(), sbom.digest())
                        + "Type:     application/vnd.oci.image.manifest.v1+json\n"
                        + "Artifact: application/spdx+json\n"
                        + "Subject:  %s\n".formatted(amd64.digest()));
    }

    @Test
    void refusesWhatIsNotThere() {
        CommandLineRun run = CommandLineRun.of("inspect", registry.address() + "/acme/app:2.0");

        assertThat(run.err())
                .isEqualTo(registry.address() + "/acme/app:2.0 does not exist in the registry, or you may not see it."
                        + " Check its name and tag, and the credentials used for " + registry.address() + ".\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(1);
    }

    private String image() {
        return registry.address() + "/acme/app:1.4";
    }

    private static String content(ImageManifest image) {
        int layers = image.layers().size();
        return InspectionText.size(contentSize(image)) + " in " + layers + (layers == 1 ? " layer" : " layers");
    }

    private static long contentSize(Manifest image) {
        return image.children().stream().mapToLong(Descriptor::size).sum();
    }
}
