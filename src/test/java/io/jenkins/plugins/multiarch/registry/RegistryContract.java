package io.jenkins.plugins.multiarch.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Registry} promises, of whatever registry is behind it. */
abstract class RegistryContract {
    private static final Tag V1 = new Tag("1.4.2");
    private static final Tag STABLE = new Tag("stable");
    private static final String SBOM = "application/spdx+json";
    private static final String PROVENANCE = "application/vnd.in-toto+json";
    private static final Digest NOWHERE = Digest.sha256("nowhere".getBytes(UTF_8));

    /** What not every registry can do. */
    enum Ability {
        REFERRERS_API,
        DELETE,
        DELETE_TAGGED,
        DELETE_TAG,
        SHA512
    }

    /** The client, with what it needs to know of the registry. */
    abstract Registry registry();

    /** A repository nobody has used, one for each name within a test. */
    abstract Repository repository(String name);

    abstract boolean can(Ability ability);

    abstract String authentication();

    private Repository app() {
        return repository("app");
    }

    private static Blob blob(String content) {
        return Blob.of(MediaTypes.OCI_LAYER, content.getBytes(UTF_8));
    }

    private Descriptor pushed(Repository repository, String mediaType, String content) throws InterruptedException {
        Blob blob = Blob.of(mediaType, content.getBytes(UTF_8));
        registry().push(repository, blob);
        return blob.descriptor();
    }

    private ImageManifest image(Repository repository, String platform) throws InterruptedException {
        Platform parsed = Platform.parse(platform);
        String config = "{\"architecture\":\"" + parsed.arch() + "\",\"os\":\"" + parsed.os()
                + "\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\"config\":{}}";
        ImageManifest image = ImageManifest.of(
                pushed(repository, MediaTypes.OCI_CONFIG, config),
                List.of(pushed(repository, MediaTypes.OCI_LAYER, "the layer of " + platform)),
                Map.of());
        registry().put(repository, image.digest(), image);
        return image;
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

    private static byte[] read(InputStream stream) throws Exception {
        try (stream) {
            return stream.readAllBytes();
        }
    }

    // Manifests

    @Test
    void findsNothingWhereThereIsNothing() throws Exception {
        assertThat(registry().find(app(), V1)).isEmpty();
        assertThat(registry().find(app(), NOWHERE)).isEmpty();
        assertThat(registry().head(app(), V1)).isEmpty();
        assertThat(registry().head(app(), NOWHERE)).isEmpty();
    }

    @Test
    void refusesToGetWhatIsNotThere() {
        ImageRef image = ImageRef.of(app(), V1);

        assertThatThrownBy(() -> registry().get(image))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(image + " does not exist in the registry, or you may not see it."
                        + " Check its name and tag, and the credentials used for " + app().registry() + ".");
    }

    @Test
    void keepsTheBytesOfAPrettyPrintedIndex() throws Exception {
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
    void storesUnderTheDigestAlone() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");

        assertThat(registry().find(app(), image.digest())).get().isInstanceOf(ImageManifest.class);
        assertThat(registry().tags(app())).isEmpty();
    }

    @Test
    void movesATag() throws Exception {
        ImageManifest before = image(app(), "linux/amd64");
        ImageManifest after = image(app(), "linux/arm64");
        registry().put(app(), STABLE, before);

        registry().put(app(), STABLE, after);

        assertThat(registry().find(app(), STABLE).orElseThrow().digest()).isEqualTo(after.digest());
        assertThat(registry().find(app(), before.digest())).isPresent();
    }

    @Test
    void tellsTypeDigestAndSizeWithoutTheBytes() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        registry().put(app(), V1, image);

        assertThat(registry().head(app(), V1)).contains(image.descriptor());
        assertThat(registry().head(app(), image.digest())).contains(image.descriptor());
    }

    @Test
    void keepsDockersTypes() throws Exception {
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
    void storesAnIndexOfIndexes() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        ImageIndex inner = ImageIndex.of(List.of(image.descriptor()), Map.of());
        ImageIndex outer = ImageIndex.of(List.of(inner.descriptor()), Map.of("org.example.depth", "2"));
        registry().put(app(), inner.digest(), inner);

        registry().put(app(), V1, outer);

        assertThat(registry().find(app(), V1).orElseThrow().children()).containsExactly(inner.descriptor());
    }

    @Test
    void saysWhatTheRegistryHasAgainstAnIndexWithoutItsChild() {
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
    void storesAndFindsBySha512() throws Exception {
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

    // Blobs

    @Test
    void readsBackTheBlobThatWasPushed() throws Exception {
        byte[] content = new byte[3 << 20];
        new Random(42).nextBytes(content);
        Blob blob = Blob.of(MediaTypes.OCI_LAYER, content);

        registry().push(app(), blob);

        assertThat(registry().hasBlob(app(), blob.digest())).isTrue();
        assertThat(read(registry().open(app(), blob.descriptor()))).isEqualTo(content);
    }

    @Test
    void doesNotSendABlobThatIsThere() throws Exception {
        Blob blob = blob("sent once");
        registry().push(app(), blob);
        Blob again = Blob.of(blob.descriptor(), () -> {
            throw new AssertionError("asked for the bytes again");
        });

        registry().push(app(), again);

        assertThat(registry().hasBlob(app(), blob.digest())).isTrue();
    }

    @Test
    void pushesABlobOfNoBytes() throws Exception {
        Blob blob = blob("");

        registry().push(app(), blob);

        assertThat(read(registry().open(app(), blob.descriptor()))).isEmpty();
    }

    @Test
    void knowsThatABlobIsMissing() throws Exception {
        assertThat(registry().hasBlob(app(), NOWHERE)).isFalse();
        assertThatThrownBy(() -> registry().open(app(), Descriptor.of(MediaTypes.OCI_LAYER, NOWHERE, 7)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.status()).isEqualTo(404))
                .hasMessageStartingWith("GET " + app().registry() + "/v2/" + app().path() + "/blobs/" + NOWHERE
                        + " was answered with 404 ")
                .hasMessageEndingWith(
                        "Check the name, and that the credentials used for " + app().registry() + " may see it.");
    }

    @Test
    void refusesABlobThatIsNotWhatItSays() {
        Blob lying = Blob.of(
                Descriptor.of(MediaTypes.OCI_LAYER, NOWHERE, 5),
                () -> new ByteArrayInputStream("other".getBytes(UTF_8)));

        assertThatThrownBy(() -> registry().push(app(), lying)).isInstanceOfSatisfying(RegistryException.class, e -> {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.code()).isEqualTo("DIGEST_INVALID");
        });
    }

    /** The largest is longer than what is asked for at once. */
    @ParameterizedTest
    @ValueSource(longs = {9, 11, 100 << 20})
    void givesNoBlobOfAnotherSizeThanDescribed(long size) throws Exception {
        Descriptor layer = pushed(app(), MediaTypes.OCI_LAYER, "0123456789");
        Descriptor wrong = Descriptor.of(MediaTypes.OCI_LAYER, layer.digest(), size);

        assertThatThrownBy(() -> read(registry().open(app(), wrong)))
                .isInstanceOfSatisfying(
                        WrongContentException.class,
                        e -> assertThat(e.isRetryable()).isFalse())
                .hasMessageStartingWith("The blob " + layer.digest() + " came with ");
    }

    @Test
    void mountsABlobOfAnotherRepository() throws Exception {
        Descriptor layer = pushed(repository("base"), MediaTypes.OCI_LAYER, "shared");

        boolean mounted = registry().mount(app(), layer.digest(), repository("base"));

        assertThat(mounted).isTrue();
        assertThat(read(registry().open(app(), layer))).isEqualTo("shared".getBytes(UTF_8));
    }

    @Test
    void saysThatABlobCouldNotBeMounted() throws Exception {
        pushed(repository("base"), MediaTypes.OCI_LAYER, "another");

        assertThat(registry().mount(app(), NOWHERE, repository("base"))).isFalse();
        assertThat(registry().mount(app(), NOWHERE, Repository.parse("registry.example/base")))
                .isFalse();
        assertThat(registry().hasBlob(app(), NOWHERE)).isFalse();
    }

    // Tags

    @Test
    void listsTagsInOrder() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        List<Tag> tags = List.of("b", "1.10", "a", "1.9", "_x", "B").stream()
                .map(Tag::new)
                .toList();
        for (Tag tag : tags) {
            registry().put(app(), tag, image);
        }

        assertThat(registry().tags(app())).extracting(Tag::name).containsExactly("1.10", "1.9", "B", "_x", "a", "b");
    }

    @Test
    void listsNoTagsWhereThereIsNoRepository() throws Exception {
        assertThat(registry().tags(app())).isEmpty();
    }

    // Referrers

    @Test
    void listsReferrersWithTypeAndAnnotations() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");

        ImageManifest sbom = referrer(app(), image, SBOM, "one");
        ImageManifest provenance = referrer(app(), image, PROVENANCE, "two");

        assertThat(registry().referrers(app(), image.digest(), ""))
                .containsExactlyInAnyOrder(listed(sbom), listed(provenance));
        assertThat(registry().referrers(app(), image.digest(), SBOM)).containsExactly(listed(sbom));
        assertThat(registry().referrers(app(), image.digest(), "application/none"))
                .isEmpty();
    }

    private static Descriptor listed(ImageManifest referrer) {
        return referrer.descriptor().withArtifactType(referrer.artifactType()).withAnnotations(referrer.annotations());
    }

    @Test
    void listsNoReferrersOfWhatIsNotThere() throws Exception {
        assertThat(registry().referrers(app(), NOWHERE, "")).isEmpty();
    }

    @Test
    void keepsTheFallbackTagWhereThereIsNoReferrersApi() throws Exception {
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
    void listsAReferrerOnceHoweverOftenItIsPut() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        ImageManifest sbom = referrer(app(), image, SBOM, "one");

        registry().put(app(), sbom.digest(), sbom);

        assertThat(registry().referrers(app(), image.digest(), "")).containsExactly(listed(sbom));
    }

    @Test
    void losesNoReferrerWhenManyAreWrittenAtOnce() throws Exception {
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
    void takesADeletedReferrerOffTheList() throws Exception {
        assumeTrue(can(Ability.DELETE), "this registry deletes nothing");
        ImageManifest image = image(app(), "linux/amd64");
        ImageManifest sbom = referrer(app(), image, SBOM, "one");
        ImageManifest provenance = referrer(app(), image, PROVENANCE, "two");

        boolean deleted = registry().delete(app(), sbom.digest());

        assertThat(deleted).isTrue();
        assertThat(registry().referrers(app(), image.digest(), "")).containsExactly(listed(provenance));
    }

    // Deleting

    @Test
    void deletesAManifestAndItsTags() throws Exception {
        assumeTrue(can(Ability.DELETE_TAGGED), "this registry deletes nothing that has a tag");
        ImageManifest image = image(app(), "linux/amd64");
        ImageManifest other = image(app(), "linux/arm64");
        registry().put(app(), V1, image);
        registry().put(app(), STABLE, other);

        boolean first = registry().delete(app(), image.digest());
        boolean second = registry().delete(app(), image.digest());

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(registry().find(app(), V1)).isEmpty();
        assertThat(registry().tags(app())).containsExactly(STABLE);
    }

    @Test
    void deletesATagAloneOrSaysThatItCannot() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        registry().put(app(), V1, image);
        registry().put(app(), STABLE, image);

        if (can(Ability.DELETE_TAG)) {
            assertThat(registry().deleteTag(app(), V1)).isTrue();
            assertThat(registry().deleteTag(app(), V1)).isFalse();
            assertThat(registry().tags(app())).containsExactly(STABLE);
        } else {
            assertThatThrownBy(() -> registry().deleteTag(app(), V1))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.isUnsupported()).isTrue());
            assertThat(registry().tags(app())).containsExactly(V1, STABLE);
        }
        assertThat(registry().find(app(), STABLE)).isPresent();
    }

    @Test
    void listsNoTagsWhenAllAreDeleted() throws Exception {
        assumeTrue(can(Ability.DELETE_TAGGED), "this registry deletes nothing that has a tag");
        ImageManifest image = image(app(), "linux/amd64");
        registry().put(app(), V1, image);
        registry().delete(app(), image.digest());

        assertThat(registry().tags(app())).isEmpty();
    }

    // Probing

    @Test
    void tellsWhatTheRegistryCanDo() throws Exception {
        Capabilities capabilities = registry().probe(app());

        assertThat(capabilities)
                .isEqualTo(new Capabilities("registry/2.0", can(Ability.REFERRERS_API), authentication()));
    }
}
