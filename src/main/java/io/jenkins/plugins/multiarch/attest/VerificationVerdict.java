package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a policy says of an image, requirement by requirement and manifest by manifest.
 *
 * @param image pinned to its digest
 * @param inputs the evidence that was held against it, by the digest of its bytes
 */
public record VerificationVerdict(ImageRef image, List<Row> rows, List<Digest> inputs) {

    public VerificationVerdict {
        rows = List.copyOf(rows);
        inputs = List.copyOf(inputs);
    }

    /** Whether something required is there. */
    public enum State {
        PRESENT,
        /** Nobody trusted said any such thing. */
        MISSING,
        /** Somebody trusted said it, and it does not fit. */
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One requirement at one manifest.
     *
     * @param platform of the manifest, or {@code index}, or {@code image}
     * @param evidence the kind that is required
     * @param detail who signed what is present; why not, else
     */
    public record Row(String platform, Digest digest, String evidence, State state, String detail) {

        private String[] cells() {
            return new String[] {platform, digest.abbreviated(), evidence, state.toString(), detail};
        }

        private ObjectNode toJson() {
            return Json.object()
                    .put("platform", platform)
                    .put("digest", digest.toString())
                    .put("evidence", evidence)
                    .put("state", state.toString())
                    .put("detail", detail);
        }
    }

    public boolean isPassed() {
        return rows.stream().allMatch(row -> row.state() == State.PRESENT);
    }

    /** For those who go on only with an image that satisfies the policy. */
    public void refuseUnlessPassed() {
        if (!isPassed()) {
            throw refusal();
        }
    }

    public ReleaseException refusal() {
        String lacking = rows.stream()
                .filter(row -> row.state() != State.PRESENT)
                .map(row -> "\n- " + row.platform() + ": " + row.evidence() + " " + row.state() + ": " + row.detail())
                .collect(Collectors.joining());
        return new ReleaseException(
                image + " does not satisfy the policy:" + lacking + ".",
                "Attest what is missing with a trusted key, or release another image.");
    }

    /** The rows as a table for a console. */
    public String table() {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"PLATFORM", "DIGEST", "EVIDENCE", "STATE", "DETAIL"});
        rows.forEach(row -> lines.add(row.cells()));
        int[] widths = new int[4];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        String format = "%-" + widths[0] + "s  %-" + widths[1] + "s  %-" + widths[2] + "s  %-" + widths[3] + "s  %s\n";
        return lines.stream()
                .map(line -> String.format(Locale.ROOT, format, (Object[]) line))
                .collect(Collectors.joining());
    }

    /** <code>{"passed", "image", "digest", "evidence": [{"platform", "digest", "evidence", "state", "detail"}]}</code>. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("passed", isPassed());
        json.put("image", image.toString());
        json.put("digest", image.requireDigest().toString());
        ArrayNode array = json.putArray("evidence");
        rows.forEach(row -> array.add(row.toJson()));
        return json;
    }
}
