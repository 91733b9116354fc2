package io.jenkins.plugins.multiarch.layout;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes images into an OCI image layout, as a folder or as a tar archive. May be used from several threads.
 *
 * <p>A blob appears under its digest only when it is whole and has it. The images appear with {@link #finish}; an archive
 * that was not finished leaves nothing behind, a folder at most blobs that nothing names. What is written to an archive in
 * the same order gives the same bytes.
 */
public final class OciLayoutWriter implements Closeable {
    private final Target target;
    private final Map<String, Descriptor> named = new LinkedHashMap<>();
    private final List<Descriptor> unnamed = new ArrayList<>();

    /** Where the files go. */
    interface Target extends Closeable {
        boolean has(Digest digest);

        void blob(Descriptor blob, InputStream content) throws IOException;

        void finish(byte[] index) throws IOException;
    }

    private OciLayoutWriter(Target target) {
        this.target = target;
    }

    /** Into a folder, which is made where it is not there; images that it already holds stay. */
    public static OciLayoutWriter folder(Path folder) throws IOException {
        OciLayoutWriter writer = new OciLayoutWriter(new FolderTarget(folder));
        if (Files.exists(folder.resolve(OciLayout.INDEX))) {
            try (OciLayout old = OciLayout.open(folder)) {
                old.images().forEach(writer::add);
            }
        }
        return writer;
    }

    /** Into a new tar archive, which takes the place of a file of that name when it is finished. */
    public static OciLayoutWriter archive(Path file) throws IOException {
        return new OciLayoutWriter(new ArchiveTarget(file));
    }

    public boolean has(Digest digest) {
        return target.has(digest);
    }

    /**
     * Writes a blob unless it is there.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if the content has another digest or size
     */
    public void blob(Descriptor blob, InputStream content) throws IOException {
        if (!target.has(blob.digest())) {
            target.blob(blob, content);
        }
    }

    /** Writes a manifest or an index; what it points at has to be written too. */
    public void manifest(Manifest manifest) throws IOException {
        blob(manifest.descriptor(), new ByteArrayInputStream(manifest.bytes()));
    }

    /**
     * Lists an image, so that readers find it.
     *
     * @param name such as {@code 1.4}, taken from the image that has it now; empty for none
     */
    public synchronized void image(Descriptor image, String name) {
        Map<String, String> annotations = new LinkedHashMap<>(image.annotations());
        annotations.remove(ImageStore.NAME);
        if (!name.isEmpty()) {
            annotations.put(ImageStore.NAME, name);
        }
        add(image.withAnnotations(annotations));
    }

    private void add(Descriptor image) {
        String name = image.annotations().getOrDefault(ImageStore.NAME, "");
        if (!name.isEmpty()) {
            named.put(name, image);
        } else if (!unnamed.contains(image)) {
            unnamed.add(image);
        }
    }

    /** Writes the index of the images; after it nothing more can be written. */
    public synchronized void finish() throws IOException {
        List<Descriptor> images = new ArrayList<>(unnamed);
        images.addAll(named.values());
        target.finish(ImageIndex.of(images, Map.of()).bytes());
    }

    @Override
    public void close() throws IOException {
        target.close();
    }

    /** The content of the file {@code oci-layout}. */
    static byte[] marker() {
        return Json.write(Json.object().put("imageLayoutVersion", OciLayout.VERSION));
    }
}
