package io.jenkins.plugins.multiarch.gate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an image was when it was tested: a small JSON file that one job writes and another reads.
 *
 * <p>Whatever mode decides, it holds the fingerprints of all, so that a difference can be explained. Its checksum finds a
 * file that was cut off or edited; it is no signature, and a record belongs where only the build can write.
 *
 * @param image where the image lay
 * @param digest of its manifest or index, where it has one
 */
public record GateRecord(GateMode mode, String image, Optional<Digest> digest, List<Fingerprint> platforms) {
    /** The largest record that is read, in bytes. */
    static final int MAX_BYTES = 4 << 20;

    public GateRecord {
        platforms = List.copyOf(platforms);
    }

    /** As JSON with a version, the same bytes for the same image. */
    public ObjectNode toJson() {
        return RecordJson.write(this);
    }

    /**
     * Reads what {@link #toJson} made.
     *
     * @throws ReleaseException if anything of it was changed
     */
    public static GateRecord parse(byte[] bytes) {
        return RecordJson.read(bytes);
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, Json.pretty(toJson()));
    }

    /**
     * Reads a record from a file.
     *
     * @throws ReleaseException if there is none, which is never taken for consent, or it is no record
     */
    public static GateRecord read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new ReleaseException(
                    "There is no gate record " + file + ", so nothing says which image was tested.",
                    "Record the image after its tests and hand the file to this job; without it nothing is published.");
        }
        if (bytes.length > MAX_BYTES) {
            throw new ReleaseException(
                    file + " is not a gate record: it has more than " + MAX_BYTES + " bytes.",
                    "Give the file that the gate wrote when it recorded the image.");
        }
        return parse(bytes);
    }
}
