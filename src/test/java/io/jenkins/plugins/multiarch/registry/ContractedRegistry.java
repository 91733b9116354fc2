package io.jenkins.plugins.multiarch.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** A registry that is held to its contract, and what the tests of every subject push there. */
interface ContractedRegistry {
    Tag V1 = new Tag("1.4.2");
    Tag STABLE = new Tag("stable");
    Digest NOWHERE = Digest.sha256("nowhere".getBytes(UTF_8));

    /** What not every registry can do. */
    enum Ability {
        REFERRERS_API,
        DELETE,
        DELETE_TAGGED,
        DELETE_TAG,
        SHA512
    }

    /** The client, with what it needs to know of the registry. */
    Registry registry();

    /** A repository nobody has used, one for each name within a test. */
    Repository repository(String name);

    boolean can(Ability ability);

    default Repository app() {
        return repository("app");
    }

    static Blob blob(String content) {
        return Blob.of(MediaTypes.OCI_LAYER, content.getBytes(UTF_8));
    }

    default Descriptor pushed(Repository repository, String mediaType, String content) throws InterruptedException {
        Blob blob = Blob.of(mediaType, content.getBytes(UTF_8));
        registry().push(repository, blob);
        return blob.descriptor();
    }

    default ImageManifest image(Repository repository, String platform) throws InterruptedException {
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

    static byte[] read(InputStream stream) throws Exception {
        try (stream) {
            return stream.readAllBytes();
        }
    }
}
