package io.jenkins.plugins.multiarch.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.KnownNames;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Picks the configuration of an image out of the stream that {@code docker image save} writes, without storing the layers
 * anywhere. The list that says where the configuration lies comes last, so everything that may be one is held: small, and
 * beginning as JSON does.
 */
final class SavedImage {
    private static final String LIST = "manifest.json";
    private static final int MAX_DOCUMENT = 8 << 20;
    private static final long MAX_HELD = 32L << 20;

    private final String what;
    private final Map<String, byte[]> documents = new HashMap<>();
    private long held;

    private SavedImage(String what) {
        this.what = what;
    }

    /** @param what names the image in refusals */
    static ImageConfig read(InputStream saved, String what) throws IOException {
        SavedImage image = new SavedImage(what);
        TarReader archive = new TarReader(saved, "What docker saved of " + what);
        for (Optional<TarEntry> entry = archive.next(); entry.isPresent(); entry = archive.next()) {
            image.hold(entry.get(), archive.content());
        }
        return image.config();
    }

    private void hold(TarEntry entry, InputStream content) throws IOException {
        if (!entry.isFile() || entry.size() == 0 || entry.size() > MAX_DOCUMENT) {
            return;
        }
        int first = content.read();
        if (first != '{' && first != '[') {
            return;
        }
        held += entry.size();
        if (held > MAX_HELD) {
            throw refused("more than " + (MAX_HELD >> 20) + " MiB of documents");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) entry.size());
        bytes.write(first);
        content.transferTo(bytes);
        documents.put(entry.name(), bytes.toByteArray());
    }

    private ImageConfig config() {
        byte[] list = documents.get(LIST);
        if (list == null) {
            throw refused("no " + LIST);
        }
        String wrapped = "{\"images\":" + new String(list, StandardCharsets.UTF_8) + "}";
        JsonNode images = Json.read(
                        wrapped.getBytes(StandardCharsets.UTF_8), LIST + " of " + what, KnownNames.SAVED_IMAGES)
                .path("images");
        if (images.size() != 1) {
            throw new ReleaseException(
                    what + " stands for " + images.size() + " images.",
                    "Add the tag of the one that is meant, or give its image ID.");
        }
        byte[] config = documents.get(images.get(0).path("Config").asText(""));
        if (config == null) {
            throw refused("no configuration");
        }
        return ImageConfig.parse(config);
    }

    private ReleaseException refused(String reason) {
        return new ReleaseException(
                "What docker saved of " + what + " has " + reason + ".",
                "Save it by hand with 'docker image save' to see what is wrong, or give it as docker-archive:FILE.");
    }
}
