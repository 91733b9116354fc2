package io.jenkins.plugins.multiarch.artifact;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file of an artifact.
 *
 * @param path where it lies
 * @param title the name under which it is pulled again, with folders parted by slashes
 * @param mediaType what it is
 */
public record ArtifactFile(Path path, String title, String mediaType) {
    /** What a file is of which nobody says it. */
    public static final String ANY = "application/octet-stream";

    /** RFC 6838, section 4.2. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}");

    /** Characters. */
    private static final int MAX_TITLE = 1024;

    public ArtifactFile {
        requireMediaType(mediaType);
        if (title.isEmpty()
                || title.length() > MAX_TITLE
                || !Shown.plain(title).equals(title)
                || title.startsWith("/")
                || ("/" + title + "/").contains("/../")) {
            throw new ReleaseException(
                    "'" + Shown.of(title) + "' cannot be the name of a file of an artifact.",
                    "Name a file below this folder, as in build/app.tar, or by its path from the root.");
        }
    }

    /**
     * Reads {@code FILE} or {@code FILE:TYPE}, as in {@code build/app.tar.gz:application/gzip}. A file is pulled again under
     * the path that stands here; one named by its path from the root, under its name alone.
     */
    public static ArtifactFile parse(String text) {
        String written = text.strip();
        int colon = written.lastIndexOf(':');
        boolean hasType =
                colon > 0 && MEDIA_TYPE.matcher(written.substring(colon + 1)).matches();
        Path path = Path.of(hasType ? written.substring(0, colon) : written).normalize();
        Path named = path.isAbsolute() && path.getFileName() != null ? path.getFileName() : path;
        return new ArtifactFile(
                path, named.toString().replace('\\', '/'), hasType ? written.substring(colon + 1) : ANY);
    }

    /** The same file, looked for in a folder. */
    public ArtifactFile in(Path folder) {
        return new ArtifactFile(folder.resolve(path), title, mediaType);
    }

    /** @throws ReleaseException if it is none */
    public static String requireMediaType(String text) {
        if (!MEDIA_TYPE.matcher(text).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is not a media type.",
                    "Write type/subtype, as in application/vnd.acme.payload.v1+json.");
        }
        return text;
    }
}
