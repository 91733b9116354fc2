package io.jenkins.plugins.multiarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);
    private static final String C = "sha256:" + "c".repeat(64);
    private static final String DESCRIPTOR_A =
            "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + A + "\",\"size\":7}";

    private static Manifest parse(String text) {
        return Manifest.parse(text.getBytes(UTF_8), "");
    }

    private static String index(String... manifests) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + String.join(",", manifests) + "]}";
    }

    private static String child(String digest, String platform, String annotations) {
        return "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + digest
                + "\",\"size\":7,\"platform\":" + platform + ",\"annotations\":" + annotations + "}";
    }

    // What we write

    @Test
    void writesAnIndexByteForByte() {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("org.opencontainers.image.version", "1.4.2");
        annotations.put("org.opencontainers.image.revision", "9fceb02");
        Descriptor amd64 = Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.parse(A), 527)
                .withPlatform(Platform.parse("linux/amd64"));
        Descriptor armv7 = Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.parse(B), 530)
                .withPlatform(Platform.parse("linux/arm/v7"))
                .withAnnotations(Map.of("org.example.note", "ü"));

        ImageIndex index = ImageIndex.of(List.of(amd64, armv7), annotations);

        assertThat(new String(index.bytes(), UTF_8))
                .isEqualTo(
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":["
                                + "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"" + A
                                + "\",\"size\":527,\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}},"
                                + "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"" + B
                                + "\",\"size\":530,\"annotations\":{\"org.example.note\":\"ü\"},"
                                + "\"platform\":{\"architecture\":\"arm\",\"os\":\"linux\",\"variant\":\"v7\"}}],"
                                + "\"annotations\":{\"org.opencontainers.image.version\":\"1.4.2\","
                                + "\"org.opencontainers.image.revision\":\"9fceb02\"}}");
        assertThat(index.digest())
                .hasToString("sha256:e46fc0461eceb1968714a0c853898b76c0bff715b1c12649bd9966e9cf83b6db");
    }

    @Test
    void writesAnImageByteForByte() {
        ImageManifest image = ImageManifest.of(
                Descriptor.of(MediaTypes.OCI_CONFIG, Digest.parse(A), 1),
                List.of(Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.parse(B), 2)),
                Map.of());

        assertThat(new String(image.bytes(), UTF_8))
                .isEqualTo(
                        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{"
                                + "\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + A
                                + "\",\"size\":1},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\","
                                + "\"digest\":\"" + B + "\",\"size\":2}]}");
        assertThat(image.digest())
                .hasToString("sha256:0b6c9bb73acc77ce3475a97603c0c44d5d67b95db9ecd2697e156329831d3979");
        assertThat(image.artifactType()).isEmpty();
    }

    @Test
    void writesAnArtifactByteForByte() {
        Descriptor subject = Descriptor.of(MediaTypes.OCI_INDEX, Digest.parse(C), 3);

        ImageManifest artifact = ImageManifest.artifact(
                "application/spdx+json",
                List.of(EmptyBlob.DESCRIPTOR),
                Optional.of(subject),
                Map.of("org.opencontainers.image.created", "2026-01-01T00:00:00Z"));

        String empty = "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":"
                + "\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2}";
        assertThat(new String(artifact.bytes(), UTF_8))
                .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"artifactType\":\"application/spdx+json\",\"config\":" + empty + ",\"layers\":[" + empty
                        + "],\"subject\":{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"digest\":\"" + C
                        + "\",\"size\":3},\"annotations\":"
                        + "{\"org.opencontainers.image.created\":\"2026-01-01T00:00:00Z\"}}");
        assertThat(artifact.digest())
                .hasToString("sha256:c1c2ec1527c63ac5ca7b0dbd4bdc3c0e9ce9981c2ec88b46347105553487c7c1");
        assertThat(artifact.subject()).contains(subject);
    }

    // What we read

    @Test
    void keepsTheBytesThatCame() {
        String text = "{\n\t\"manifests\" : [ " + DESCRIPTOR_A + " ],\r\n \"schemaVersion\":2, \"x\":1.50 }\n";

        Manifest manifest = parse(text);

        assertThat(new String(manifest.bytes(), UTF_8)).isEqualTo(text);
        assertThat(manifest.digest()).isEqualTo(Digest.sha256(text.getBytes(UTF_8)));
        assertThat(manifest.descriptor().size()).isEqualTo(text.length());
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    }

    @Test
    void cannotBeChangedThroughItsBytes() {
        Manifest manifest = parse(index());

        manifest.bytes()[0] = 'x';

        assertThat(manifest.bytes()[0]).isEqualTo((byte) '{');
    }

    @Test
    void keepsTheDigestItWasAskedForBy() {
        byte[] bytes = index().getBytes(UTF_8);
        Digest sha512 = Digest.finish("sha512", Digest.hasher("sha512").digest(bytes));

        assertThat(Manifest.parse(bytes, "", sha512).digest()).isEqualTo(sha512);
    }

    @Test
    void refusesBytesOfAnotherDigest() {
        byte[] bytes = index().getBytes(UTF_8);

        assertThatThrownBy(() -> Manifest.parse(bytes, "", Digest.parse(A)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The manifest " + A + " came with other bytes, which have the digest " + Digest.sha256(bytes)
                                + ". Do not use it; somebody changed it on the way, or the registry's storage is damaged.");
    }

    @Test
    void readsADockerList() {
        Manifest list = parse("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.DOCKER_LIST + "\",\"manifests\":["
                + child(A, "{\"architecture\":\"arm64\",\"os\":\"linux\",\"variant\":\"v8\"}", "{}") + "]}");

        assertThat(list).isInstanceOf(ImageIndex.class);
        assertThat(list.mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(((ImageIndex) list).platforms()).containsExactly(Platform.parse("linux/arm64"));
    }

    @Test
    void keepsBuildKitsAttestationsApartFromImages() {
        ImageIndex index = (ImageIndex) parse(index(
                child(A, "{\"architecture\":\"amd64\",\"os\":\"linux\"}", "{}"),
                child(
                        B,
                        "{\"architecture\":\"unknown\",\"os\":\"unknown\"}",
                        "{\"vnd.docker.reference.type\":\"attestation-manifest\",\"vnd.docker.reference.digest\":\"" + A
                                + "\"}")));

        assertThat(index.images()).extracting(Descriptor::digest).containsExactly(Digest.parse(A));
        assertThat(index.attestationsOf(Digest.parse(A)))
                .extracting(Descriptor::digest)
                .containsExactly(Digest.parse(B));
        assertThat(index.attestationsOf(Digest.parse(B))).isEmpty();
        assertThat(index.platforms()).containsExactly(Platform.parse("linux/amd64"));
        assertThat(index.children()).hasSize(2);
    }

    /** Tools read the platform of such a child from its configuration, and run it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{\"architecture\":\"arm64\",\"os\":\"\"}", "{\"architecture\":\"unknown\",\"os\":\"linux\"}"})
    void takesNothingForAnAttestationThatSomethingMayRun(String platform) {
        String annotations = "{\"vnd.docker.reference.type\":\"attestation-manifest\"}";
        ImageIndex index = (ImageIndex) parse(index(child(A, platform, annotations)));
        Descriptor bare = new Descriptor(
                MediaTypes.OCI_MANIFEST,
                Digest.parse(A),
                7,
                "",
                Optional.empty(),
                Map.of("vnd.docker.reference.type", "attestation-manifest"),
                List.of());

        assertThat(index.images()).hasSize(1);
        assertThat(bare.isAttestation()).isFalse();
    }

    @Test
    void takesTheFirstImageThatFits() {
        String amd64 = "{\"architecture\":\"amd64\",\"os\":\"linux\"}";
        ImageIndex index = (ImageIndex) parse(index(child(A, amd64, "{}"), child(B, amd64, "{}")));

        assertThat(index.image(Platform.parse("linux/amd64")))
                .map(Descriptor::digest)
                .contains(Digest.parse(A));
        assertThat(index.image(Platform.parse("linux/arm64"))).isEmpty();
    }

    @Test
    void callsAnImageByItsConfigWhereItIsAnArtifact() {
        Manifest helm =
                parse("{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.cncf.helm.config.v1+json\","
                        + "\"digest\":\"" + A + "\",\"size\":1},\"layers\":[]}");

        assertThat(helm.artifactType()).isEqualTo("application/vnd.cncf.helm.config.v1+json");
        assertThat(helm.children()).hasSize(1);
    }

    @Test
    void goesByTheContentTypeWhereTheBodyNamesNone() {
        String text = "{\"schemaVersion\":2,\"manifests\":[]}";

        Manifest named = Manifest.parse(text.getBytes(UTF_8), MediaTypes.DOCKER_LIST + "; charset=utf-8");
        Manifest guessed = Manifest.parse(text.getBytes(UTF_8), "application/octet-stream");

        assertThat(named.mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(guessed.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}|it is an index and an image at once",
                "{\"schemaVersion\":2,\"manifests\":[],\"config\":{}}|it is an index and an image at once",
                "{\"schemaVersion\":1,\"fsLayers\":[]}|it is of Docker's schema 1, which was withdrawn in 2016",
                "{\"schemaVersion\":2}|it has neither manifests nor layers",
                "{}|it has neither manifests nor layers",
                "{\"mediaType\":\"application/vnd.oci.artifact.manifest.v1+json\",\"blobs\":[]}"
                        + "|its media type is application/vnd.oci.artifact.manifest.v1+json",
                "{\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"layers\":[]}"
                        + "|its content does not fit its media type application/vnd.oci.image.index.v1+json",
                "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"manifests\":[]}"
                        + "|its content does not fit its media type application/vnd.oci.image.manifest.v1+json",
                "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"}"
                        + "|its content does not fit its media type application/vnd.oci.image.manifest.v1+json"
            })
    void refusesWhatIsNotOneManifest(String text, String reason) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(Digest.sha256(text.getBytes(UTF_8)) + " is not a manifest we can use: " + reason
                        + ". Push it again as an OCI or Docker schema 2 image with a current tool.");
    }

    @Test
    void saysWhichManifestIsNoJson() {
        assertThatThrownBy(() -> parse("<html>"))
                .hasMessage("The manifest " + Digest.sha256("<html>".getBytes(UTF_8))
                        + " is not a JSON object we can use: it cannot be read past line 1, column 1."
                        + " Make it again with the tool that wrote it.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"size\":1}",
                "{\"digest\":\"x\"}",
                "{\"digest\":\"x\",\"size\":\"1\"}",
                "{\"digest\":\"x\",\"size\":1.5}",
                "{\"digest\":\"x\",\"size\":18446744073709551621}",
                "[]",
                "7"
            })
    void refusesADescriptorWithoutDigestOrSize(String descriptor) {
        assertThatThrownBy(() -> parse(index(descriptor)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("A descriptor lacks its digest or size: " + descriptor
                        + ". Make the manifest again with the tool that wrote it.");
    }

    @Test
    void refusesADescriptorOfLessThanNothing() {
        assertThatThrownBy(() -> parse(index("{\"digest\":\"" + A + "\",\"size\":-1}")))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The descriptor of " + A
                        + " has the size -1. Make the manifest again with the tool that wrote it.");
    }
}
