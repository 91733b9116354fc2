package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ImageRef;
import java.nio.file.Path;

/** What a name in FROM or {@code --from} may stand for besides a stage ({@code docker buildx build --build-context}). */
public sealed interface BuildContext {

    /** A folder to copy from. */
    record Folder(Path path) implements BuildContext {}

    /** An image of a registry, in place of the one named. */
    record RegistryImage(ImageRef image) implements BuildContext {}

    /**
     * An image of an OCI image layout, a folder or a tar archive.
     *
     * @param name its tag or digest in the layout; empty for the only one
     */
    record LayoutImage(Path path, String name) implements BuildContext {}

    /** Reads {@code docker-image://REF}, {@code oci-layout://PATH[:tag][@digest]}, or the path of a folder. */
    static BuildContext parse(String text) {
        if (text.startsWith("docker-image://")) {
            return new RegistryImage(ImageRef.parse(text.substring("docker-image://".length())));
        }
        if (!text.startsWith("oci-layout://")) {
            return new Folder(Path.of(text));
        }
        String layout = text.substring("oci-layout://".length());
        int at = layout.indexOf('@');
        int colon = layout.lastIndexOf(':');
        int end = at >= 0 ? at : colon > layout.lastIndexOf('/') ? colon : layout.length();
        String path = layout.substring(0, end);
        return new LayoutImage(Path.of(path), end == layout.length() ? "" : layout.substring(end + 1));
    }
}
