package io.jenkins.plugins.multiarch.gate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the gate found.
 *
 * @param recorded the record of the image that was tested
 * @param found the image that was looked at, in the same form
 * @param differences empty where the gate is passed
 * @param causes what such differences usually come from
 */
public record GateVerdict(GateRecord recorded, GateRecord found, List<Difference> differences, List<Cause> causes) {
    private static final int MAX_SHOWN = 20;

    public GateVerdict {
        differences = List.copyOf(differences);
        causes = List.copyOf(causes);
    }

    public boolean isPassed() {
        return differences.isEmpty();
    }

    /** For those who go on only with the image that was tested. */
    public void refuseUnlessPassed() {
        if (!isPassed()) {
            throw refusal();
        }
    }

    /** Why not: both images, every difference on a line of its own, likely causes, and what to do. */
    public ReleaseException refusal() {
        String shown =
                differences.stream().limit(MAX_SHOWN).map(d -> "\n- " + d).collect(Collectors.joining());
        String more = differences.size() > MAX_SHOWN ? "\n- and " + (differences.size() - MAX_SHOWN) + " more" : "";
        return new ReleaseException(
                found.image() + " is not the image that was tested, " + recorded.image() + ": " + measured() + shown
                        + more + "\nLikely cause: "
                        + causes.stream().map(Cause::toString).collect(Collectors.joining("; or ")) + ".",
                causes.stream().map(Cause::cure).distinct().collect(Collectors.joining(" ")));
    }

    /** Both digests, of the first platform that differs where each has its own. */
    private String measured() {
        GateMode mode = recorded.mode();
        if (mode == GateMode.MANIFEST) {
            return measured(mode, text(found), text(recorded));
        }
        for (Fingerprint was : recorded.platforms()) {
            for (Fingerprint is : found.platforms()) {
                if (was.platform().equals(is.platform()) && !was.in(mode).equals(is.in(mode))) {
                    return measured(mode, is.in(mode).toString(), was.in(mode).toString());
                }
            }
        }
        return "the platforms are others.";
    }

    private static String measured(GateMode mode, String is, String was) {
        return "its " + mode.measure() + " is " + is + " instead of " + was + ".";
    }

    private static String text(GateRecord of) {
        return of.digest().map(Object::toString).orElse("none");
    }

    /** <code>{"passed", "mode", "image", "digest", "recordedImage", "recordedDigest", "differences", "causes"}</code>. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("passed", isPassed());
        json.put("mode", recorded.mode().toString());
        json.put("image", found.image());
        json.put("digest", found.digest().map(Object::toString).orElse(""));
        json.put("recordedImage", recorded.image());
        json.put("recordedDigest", recorded.digest().map(Object::toString).orElse(""));
        ArrayNode array = json.putArray("differences");
        differences.forEach(difference ->
                array.addObject().put("platform", difference.platform()).put("difference", difference.text()));
        ArrayNode likely = json.putArray("causes");
        causes.forEach(cause -> likely.add(cause.toString()));
        return json;
    }
}
