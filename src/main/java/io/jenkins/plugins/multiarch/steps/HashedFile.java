package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * A file of the workspace, as its node sees it.
 *
 * @param path in the workspace
 * @param size in bytes
 * @param bundle what lies where its signature belongs already
 * @param statements what stands in the file of statements beside it already
 */
record HashedFile(String path, String digest, long size, byte[] bundle, byte[] statements) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    /** Whether it is whole, and of this path. */
    boolean isOf(String asked) {
        return asked.equals(path)
                && digest != null
                && DIGEST.matcher(digest).matches()
                && size >= 0
                && bundle != null
                && statements != null;
    }

    Descriptor descriptor() {
        return Descriptor.of("application/octet-stream", Digest.parse(digest), size);
    }

    /** The last part of its path, on any system. */
    String name() {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Where its signature belongs, which {@code cosign verify-blob --bundle} reads. */
    String bundlePath() {
        return path + ".sigstore.json";
    }

    /** Where statements about it belong, one a line (in-toto, "Bundle"). */
    String statementsPath() {
        return path + ".intoto.jsonl";
    }
}
