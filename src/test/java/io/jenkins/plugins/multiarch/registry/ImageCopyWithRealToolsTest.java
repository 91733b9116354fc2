package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.layout.StoredImages;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies between two docker-registries, looked at with the tools that people have. */
class ImageCopyWithRealToolsTest {
    private static final Tag V1 = new Tag("1.4");

    private final String unique = "copy-" + Long.toString(System.nanoTime(), 36);
    private Repository source;
    private Repository released;
    private Repository mirror;
    private Registry registry;
    private SampleImages images;
    private ImageCopy copy;

    @TempDir
    private Path folder;

    @BeforeEach
    void connect() {
        source = new Repository(RealTools.registry("registry"), unique + "/app");
        released = new Repository(RealTools.registry("registry"), unique + "/released");
        mirror = new Repository(RealTools.registry("registry-basic"), unique + "/mirror/app");
        Credentials credentials = Credentials.password(RealTools.user(), RealTools.password());
        registry = HttpRegistry.builder()
                .credentials(repository ->
                        repository.registry().equals(mirror.registry()) ? Optional.of(credentials) : Optional.empty())
                .build();
        images = new SampleImages(registry, source);
        copy = new ImageCopy(registry, line -> {});
    }

    @Test
    void skopeoReadsTheSameBytesOnBothSides() throws Exception {
        Manifest list = images.prettyDockerList(
                images.image("linux/amd64", "x").descriptor(),
                images.image("linux/arm64", "y").descriptor());

        copy.copy(source, list.digest(), mirror, List.of(V1), CopyScope.REFERRERS);
        copy.copy(source, list.digest(), released, List.of(V1), CopyScope.REFERRERS);

        byte[] bytes = list.bytes();
        assertThat(skopeoRaw(released)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        assertThat(skopeoRaw(mirror)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void skopeoPullsEveryPartOfWhatWasCopied() throws Exception {
        ImageManifest amd = images.image("linux/amd64", "base", "amd");
        ImageManifest arm = images.image("linux/arm64", "base", "arm");
        Manifest index = images.index(List.of(
                described(amd, "linux/amd64"),
                described(arm, "linux/arm64"),
                images.attestation(amd, true),
                images.attestation(arm, true)));

        copy.copy(source, index.digest(), mirror, List.of(V1), CopyScope.REFERRERS);

        RealTools.run(skopeo(
                "copy",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "--src-creds",
                credentials(),
                "docker://" + mirror + ":1.4",
                "dir:" + folder));
        assertThat(folder.resolve("manifest.json")).hasBinaryContent(index.bytes());
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".manifest.json")))
                    .hasSize(4);
        }
    }

    @Test
    void whatBuildKitAttestedComesBackFromAnArchiveOfSkopeo() throws Exception {
        Digest index = StoredImages.push(StoredImages.ATTESTED, registry, source);
        copy.copy(source, index, mirror, List.of(V1), CopyScope.REFERRERS);
        Path archive = folder.resolve("app.tar");

        RealTools.run(skopeo(
                "copy",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "--src-creds",
                credentials(),
                "docker://" + mirror + ":1.4",
                "oci-archive:" + archive));

        assertThat(StoredImages.push(archive, registry, released)).isEqualTo(index);
        for (Descriptor child : registry.find(source, index).orElseThrow().children()) {
            assertThat(registry.head(released, child.digest())).isPresent();
        }
    }

    @Test
    void anIndexMadeByBuildxKeepsItsDigest() throws Exception {
        RealTools.require("docker", "buildx");
        images.tag("amd", images.image("linux/amd64", "x"));
        images.tag("arm", images.image("linux/arm64", "y"));
        docker("buildx", "imagetools", "create", "-t", source + ":both", source + ":amd", source + ":arm");
        Manifest made = registry.find(source, new Tag("both")).orElseThrow();

        copy.copy(source, new Tag("both"), released, List.of(V1), CopyScope.REFERRERS);

        assertThat(docker("buildx", "imagetools", "inspect", "--raw", released + ":1.4")
                        .strip())
                .isEqualTo(new String(made.bytes(), StandardCharsets.UTF_8).strip());
    }

    @Test
    void cosignVerifiesTheCopyAndEachOfItsPlatforms() throws Exception {
        String cosign = RealTools.command("cosign");
        ImageManifest amd = images.image("linux/amd64", "x");
        Manifest index = images.index(List.of(described(amd, "linux/amd64")));
        images.tag("candidate", index);
        inFolder("COSIGN_PASSWORD= " + cosign + " generate-key-pair");
        inFolder("COSIGN_PASSWORD= " + cosign
                + " sign --recursive --key cosign.key --tlog-upload=false --allow-http-registry -y " + source + "@"
                + index.digest());

        CopyReport report = copy.copy(source, index.digest(), released, List.of(V1), CopyScope.REFERRERS);

        assertThat(report.referrers()).isEqualTo(2);
        for (Digest signed : List.of(index.digest(), amd.digest())) {
            inFolder(cosign + " verify --key cosign.pub --insecure-ignore-tlog --allow-http-registry " + released + "@"
                    + signed);
        }
    }

    @Test
    void orasDiscoversWhatWasAttachedToTheImageAndToTheAttachment() throws Exception {
        String oras = RealTools.command("oras");
        Manifest image = images.image("linux/amd64", "x");
        Files.writeString(folder.resolve("sbom.json"), "{}");
        inFolder(oras + " attach --plain-http --artifact-type application/vnd.example.sbom " + source + "@"
                + image.digest() + " sbom.json:application/json");
        Digest sbom = registry.referrers(source, image.digest(), "").get(0).digest();
        inFolder(oras + " attach --plain-http --artifact-type application/vnd.example.signature " + source + "@" + sbom
                + " sbom.json:application/json");
        Digest signature = registry.referrers(source, sbom, "").get(0).digest();

        copy.copy(source, image.digest(), released, List.of(V1), CopyScope.REFERRERS);

        assertThat(discovered(oras, image.digest())).containsExactly(sbom.toString());
        assertThat(discovered(oras, sbom)).containsExactly(signature.toString());
    }

    private List<String> discovered(String oras, Digest subject) throws IOException, InterruptedException {
        JsonNode answer = Json.read(
                RealTools.run(oras, "discover", "--plain-http", "--format", "json", released + "@" + subject)
                        .getBytes(StandardCharsets.UTF_8),
                "The answer of oras");
        JsonNode list = answer.has("manifests") ? answer.path("manifests") : answer.path("referrers");
        return list.findValuesAsText("digest");
    }

    private static Descriptor described(ImageManifest image, String platform) {
        return image.descriptor().withPlatform(Platform.parse(platform));
    }

    private String skopeoRaw(Repository repository) throws IOException, InterruptedException {
        return RealTools.run(skopeo(
                "inspect", "--raw", "--tls-verify=false", "--creds", credentials(), "docker://" + repository + ":1.4"));
    }

    private static String[] skopeo(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = RealTools.command("skopeo");
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return command;
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = RealTools.command("docker");
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return RealTools.run(command);
    }

    private void inFolder(String shell) throws IOException, InterruptedException {
        RealTools.run("/bin/sh", "-c", "cd '" + folder + "' && " + shell);
    }

    private static String credentials() {
        return RealTools.user() + ":" + RealTools.password();
    }
}
