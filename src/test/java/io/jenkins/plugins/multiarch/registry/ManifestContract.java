package io.jenkins.plugins.multiarch.registry;

import static io.jenkins.plugins.multiarch.registry.ContractedRegistry.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link Registry} promises of manifests. */
interface ManifestContract extends ContractedRegistry {

    @Test
    default void findsNothingWhereThereIsNothing() throws Exception {
        assertThat(registry().find(app(), V1)).isEmpty();
        assertThat(registry().find(app(), NOWHERE)).isEmpty();
        assertThat(registry().head(app(), V1)).isEmpty();
        assertThat(registry().head(app(), NOWHERE)).isEmpty();
    }

    @Test
    default void refusesToGetWhatIsNotThere() {
        ImageRef image = ImageRef.of(app(), V1);

        assertThatThrownBy(() -> registry().get(image))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(image + " does not exist in the registry, or you may not see it."
                        + " Check its name and tag, and the credentials used for " + app().registry() + ".");
    }

    @Test
    default void keepsTheBytesOfAPrettyPrintedIndex() throws Exception {
        ImageManifest image = image(app(), "linux/arm64");
        String text = "{\n   \"schemaVersion\": 2,\n   \"mediaType\": \"" + MediaTypes.OCI_INDEX
                + "\",\n   \"manifests\": [\n      "
                + image.descriptor()
                        .withPlatform(Platform.parse("linux/arm64"))
                        .toJson()
                        .toPrettyString()
                + "\n   ],\n\t\"annotations\": {\"b\": \"\\u00fc\", \"a\": \"/\"}\n}\n";
        Manifest index = Manifest.parse(text.getBytes(UTF_8), MediaTypes.OCI_INDEX);

        registry().put(app(), V1, index);

        Manifest found = registry().find(app(), V1).orElseThrow();
        assertThat(new String(found.bytes(), UTF_8)).isEqualTo(text);
        assertThat(found.digest()).isEqualTo(index.digest());
        assertThat(found.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
    }

    @Test
    default void storesUnderTheDigestAlone() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");

        assertThat(registry().find(app(), image.digest())).get().isInstanceOf(ImageManifest.class);
        assertThat(registry().tags(app())).isEmpty();
    }

    @Test
    default void tellsTypeDigestAndSizeWithoutTheBytes() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        registry().put(app(), V1, image);

        assertThat(registry().head(app(), V1)).contains(image.descriptor());
        assertThat(registry().head(app(), image.digest())).contains(image.descriptor());
    }

    @Test
    default void keepsDockersTypes() throws Exception {
        Descriptor config = pushed(app(), MediaTypes.DOCKER_CONFIG, "{\"architecture\":\"amd64\",\"os\":\"linux\"}");
        Descriptor layer = pushed(app(), MediaTypes.DOCKER_LAYER_GZIP, "not looked into");
        Manifest image = Manifest.parse(
                ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST + "\",\"config\":"
                                + config.toJson() + ",\"layers\":[" + layer.toJson() + "]}")
                        .getBytes(UTF_8),
                "");
        Manifest list = Manifest.parse(
                ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.DOCKER_LIST + "\",\"manifests\":["
                                + image.descriptor()
                                        .withPlatform(Platform.parse("linux/amd64"))
                                        .toJson() + "]}")
                        .getBytes(UTF_8),
                "");
        registry().put(app(), image.digest(), image);
        registry().put(app(), V1, list);

        Manifest found = registry().find(app(), V1).orElseThrow();
        assertThat(found.mediaType()).isEqualTo(MediaTypes.DOCKER_LIST);
        assertThat(found.digest()).isEqualTo(list.digest());
        assertThat(registry().find(app(), image.digest()).orElseThrow().mediaType())
                .isEqualTo(MediaTypes.DOCKER_MANIFEST);
    }

    @Test
    default void storesAnIndexOfIndexes() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        ImageIndex inner = ImageIndex.of(List.of(image.descriptor()), Map.of());
        ImageIndex outer = ImageIndex.of(List.of(inner.descriptor()), Map.of("org.example.depth", "2"));
        registry().put(app(), inner.digest(), inner);

        registry().put(app(), V1, outer);

        assertThat(registry().find(app(), V1).orElseThrow().children()).containsExactly(inner.descriptor());
    }

    @Test
    default void saysWhatTheRegistryHasAgainstAnIndexWithoutItsChild() {
        ImageIndex index = ImageIndex.of(List.of(Descriptor.of(MediaTypes.OCI_MANIFEST, NOWHERE, 7)), Map.of());

        RegistryException refusal =
                catchThrowableOfType(RegistryException.class, () -> registry().put(app(), V1, index));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.code()).isEqualTo("MANIFEST_BLOB_UNKNOWN");
        assertThat(refusal.isRetryable()).isFalse();
        assertThat(refusal)
                .hasMessageStartingWith("PUT " + app().registry() + "/v2/" + app().path() + "/manifests/1.4.2"
                        + " was answered with 400 MANIFEST_BLOB_UNKNOWN (")
                .hasMessageEndingWith("Check what was sent; the registry does not accept it as it is.");
    }

    @Test
    default void storesAndFindsBySha512() throws Exception {
        assumeTrue(can(Ability.SHA512), "this registry keeps sha256 alone");
        byte[] content = "a layer by sha512".getBytes(UTF_8);
        Descriptor layer = Descriptor.of(MediaTypes.OCI_LAYER, sha512(content), content.length);
        registry().push(app(), Blob.of(layer, () -> new ByteArrayInputStream(content)));
        ImageManifest written = ImageManifest.of(pushed(app(), MediaTypes.OCI_CONFIG, "{}"), List.of(layer), Map.of());
        Manifest image = Manifest.parse(written.bytes(), written.mediaType(), sha512(written.bytes()));

        registry().put(app(), image.digest(), image);

        assertThat(registry().find(app(), image.digest()).orElseThrow().digest())
                .isEqualTo(image.digest());
        assertThat(read(registry().open(app(), layer))).isEqualTo(content);
    }

    private static Digest sha512(byte[] content) {
        return Digest.finish("sha512", Digest.hasher("sha512").digest(content));
    }
}
