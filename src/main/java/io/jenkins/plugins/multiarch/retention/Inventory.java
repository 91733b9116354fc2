package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of digests that are in use, such as those that a cluster runs. */
public final class Inventory {

    static final String REASON = "the inventory names it";

    private Inventory() {}

    /**
     * Reads a digest or {@code image@digest} a line, as {@code kubectl} prints them too; empty lines and those that begin with
     * {@code #} are passed over. A digest counts in every repository, as images are copied.
     *
     * @throws ReleaseException if a line has none: what it means might be deleted; or if there is no line, as where what should
     *     have written it failed
     */
    public static List<Root> parse(String text) {
        List<Root> roots = new ArrayList<>();
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith("#")) {
                roots.add(new Root(Optional.empty(), digest(line, i + 1), REASON));
            }
        }
        if (roots.isEmpty()) {
            throw new ReleaseException(
                    "The inventory names no digest, so that nothing would be kept for it.",
                    "Look at what wrote it; leave it out if nothing is in use.");
        }
        return roots;
    }

    private static Digest digest(String line, int number) {
        try {
            return Digest.parse(line.substring(line.lastIndexOf('@') + 1));
        } catch (ReleaseException e) {
            throw new ReleaseException(
                    "Line " + number + " of the inventory is '" + Shown.of(line) + "', which has no digest.",
                    "Write one digest or image@digest a line, as in ghcr.io/acme/app@sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a.",
                    e);
        }
    }
}
