package io.jenkins.plugins.multiarch.registry;

import static io.jenkins.plugins.multiarch.registry.ContractedRegistry.blob;
import static io.jenkins.plugins.multiarch.registry.ContractedRegistry.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import java.io.ByteArrayInputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Registry} promises of blobs. */
interface BlobContract extends ContractedRegistry {

    @Test
    default void readsBackTheBlobThatWasPushed() throws Exception {
        byte[] content = new byte[3 << 20];
        new Random(42).nextBytes(content);
        Blob blob = Blob.of(MediaTypes.OCI_LAYER, content);

        registry().push(app(), blob);

        assertThat(registry().hasBlob(app(), blob.digest())).isTrue();
        assertThat(read(registry().open(app(), blob.descriptor()))).isEqualTo(content);
    }

    @Test
    default void doesNotSendABlobThatIsThere() throws Exception {
        Blob blob = blob("sent once");
        registry().push(app(), blob);
        Blob again = Blob.of(blob.descriptor(), () -> {
            throw new AssertionError("asked for the bytes again");
        });

        registry().push(app(), again);

        assertThat(registry().hasBlob(app(), blob.digest())).isTrue();
    }

    @Test
    default void pushesABlobOfNoBytes() throws Exception {
        Blob blob = blob("");

        registry().push(app(), blob);

        assertThat(read(registry().open(app(), blob.descriptor()))).isEmpty();
    }

    @Test
    default void knowsThatABlobIsMissing() throws Exception {
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
    default void refusesABlobThatIsNotWhatItSays() {
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
    default void givesNoBlobOfAnotherSizeThanDescribed(long size) throws Exception {
        Descriptor layer = pushed(app(), MediaTypes.OCI_LAYER, "0123456789");
        Descriptor wrong = Descriptor.of(MediaTypes.OCI_LAYER, layer.digest(), size);

        assertThatThrownBy(() -> read(registry().open(app(), wrong)))
                .isInstanceOfSatisfying(
                        WrongContentException.class,
                        e -> assertThat(e.isRetryable()).isFalse())
                .hasMessageStartingWith("The blob " + layer.digest() + " came with ");
    }

    @Test
    default void mountsABlobOfAnotherRepository() throws Exception {
        Descriptor layer = pushed(repository("base"), MediaTypes.OCI_LAYER, "shared");

        boolean mounted = registry().mount(app(), layer.digest(), repository("base"));

        assertThat(mounted).isTrue();
        assertThat(read(registry().open(app(), layer))).isEqualTo("shared".getBytes(UTF_8));
    }

    @Test
    default void saysThatABlobCouldNotBeMounted() throws Exception {
        pushed(repository("base"), MediaTypes.OCI_LAYER, "another");

        assertThat(registry().mount(app(), NOWHERE, repository("base"))).isFalse();
        assertThat(registry().mount(app(), NOWHERE, Repository.parse("registry.example/base")))
                .isFalse();
        assertThat(registry().hasBlob(app(), NOWHERE)).isFalse();
    }
}
