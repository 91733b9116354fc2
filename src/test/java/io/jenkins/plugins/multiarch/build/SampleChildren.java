package io.jenkins.plugins.multiarch.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.util.List;
import java.util.Map;

/** Images of one small layer, as they lie in a registry before an index is made of them. */
final class SampleChildren {
    static final Repository APP = Repository.parse("ghcr.io/acme/app");
    static final Repository STAGING = Repository.parse("ghcr.io/acme/staging");
    static final Repository ELSEWHERE = Repository.parse("quay.io/acme/app");

    private static final Platform UNKNOWN = new Platform("unknown", "unknown", "", "");

    private final InMemoryRegistry registry;

    SampleChildren(InMemoryRegistry registry) {
        this.registry = registry;
    }

    ImageManifest image(Repository repository, String arch) throws InterruptedException {
        return image(repository, arch, "layer");
    }

    ImageManifest image(Repository repository, String arch, String content) throws InterruptedException {
        Blob config = Blob.of(
                MediaTypes.OCI_CONFIG, ("{\"architecture\":\"" + arch + "\",\"os\":\"linux\"}").getBytes(UTF_8));
        Blob layer = Blob.of(MediaTypes.OCI_LAYER, (content + " of " + arch).getBytes(UTF_8));
        registry.push(repository, config);
        registry.push(repository, layer);
        ImageManifest manifest = ImageManifest.of(config.descriptor(), List.of(layer.descriptor()), Map.of());
        registry.put(repository, manifest.digest(), manifest);
        return manifest;
    }

    /** What BuildKit pushes for one platform: the image and an attestation of it. */
    ImageIndex withAttestation(Repository repository, ImageManifest image, Platform said) throws InterruptedException {
        Blob config = Blob.of(MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        Blob statement = Blob.of(
                "application/vnd.in-toto+json", image.digest().toString().getBytes(UTF_8));
        registry.push(repository, config);
        registry.push(repository, statement);
        ImageManifest attestation = ImageManifest.of(config.descriptor(), List.of(statement.descriptor()), Map.of());
        registry.put(repository, attestation.digest(), attestation);
        ImageIndex index = ImageIndex.of(
                List.of(
                        image.descriptor().withPlatform(said),
                        attestation
                                .descriptor()
                                .withPlatform(UNKNOWN)
                                .withAnnotations(Map.of(
                                        "vnd.docker.reference.type",
                                        "attestation-manifest",
                                        "vnd.docker.reference.digest",
                                        image.digest().toString()))),
                Map.of());
        registry.put(repository, index.digest(), index);
        return index;
    }

    /** What another tool wrote: formatted, with fields we do not know, an attestation, and a platform in small print. */
    Manifest indexOfAnotherTool(Repository repository, Tag tag) throws InterruptedException {
        ImageManifest amd64 = image(repository, "amd64", "one");
        ImageManifest attestation = ImageManifest.of(amd64.config(), List.of(), Map.of("of", "amd64"));
        registry.put(repository, attestation.digest(), attestation);
        Manifest index = Manifest.parse(
                """
                {
                  "schemaVersion": 2,
                  "mediaType": "%s",
                  "manifests": [
                    {"digest": "%s", "size": %d, "mediaType": "%s", "x": [1, 2.5],
                     "platform": {"os": "linux", "architecture": "amd64", "os.features": ["sse4"]}},
                    {"digest": "%s", "size": %d, "mediaType": "%s",
                     "platform": {"os": "unknown", "architecture": "unknown"},
                     "annotations": {"vnd.docker.reference.type": "attestation-manifest",
                                     "vnd.docker.reference.digest": "%s"}}
                  ],
                  "annotations": {"a": "1", "b": "2"},
                  "y": true
                }
                """.formatted(
                                MediaTypes.OCI_INDEX,
                                amd64.digest(),
                                amd64.bytes().length,
                                amd64.mediaType(),
                                attestation.digest(),
                                attestation.bytes().length,
                                attestation.mediaType(),
                                amd64.digest())
                        .getBytes(UTF_8),
                "");
        registry.put(repository, tag, index);
        return index;
    }

    static ChildImage child(Repository repository, Manifest manifest) {
        return ChildImage.parse(repository + "@" + manifest.digest());
    }

    static ChildImage child(String platform, Repository repository, Manifest manifest) {
        return ChildImage.parse(platform + "=" + repository + "@" + manifest.digest());
    }

    static IndexRequest request(List<ChildImage> images, String... expected) {
        return new IndexRequest(APP, images, List.of(new Tag("1.4")), Platform.parseAll(List.of(expected)), Map.of());
    }

    static ForeseenIndex.Entry entry(Manifest image, String platform, Descriptor... attestations) {
        return new ForeseenIndex.Entry(Platform.parse(platform), image.descriptor(), List.of(attestations));
    }
}
