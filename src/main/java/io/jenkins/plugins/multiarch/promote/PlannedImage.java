package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.EvidenceBeside;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where an image that would get tags comes from, for whoever approves it.
 *
 * @param image by its digest
 * @param evidence what lies beside it, by its labels
 * @param required whether a policy was asked for, which the image then satisfies
 */
public record PlannedImage(ImageRef image, EvidenceBeside evidence, boolean required) {
    private static final int SHOWN = 8;

    /** One line of a plan. */
    public String line() {
        String beside =
                evidence.types().isEmpty() ? "no evidence lies beside it" : "beside it lies " + few(evidence.types());
        String build = evidence.builds().isEmpty() ? "" : "; its provenance names the build " + few(evidence.builds());
        return image + ": " + beside + build + "." + verified();
    }

    private String verified() {
        if (required) {
            return " It satisfies what is required.";
        }
        return evidence.types().isEmpty() ? "" : " None of it was verified.";
    }

    private static String few(List<String> texts) {
        String first = texts.stream().limit(SHOWN).map(Shown::of).collect(Collectors.joining(", "));
        return texts.size() <= SHOWN ? first : first + " and " + (texts.size() - SHOWN) + " more";
    }

    /** <code>{"image", "builds": [], "evidence": [], "required"}</code>. */
    ObjectNode toJson() {
        ObjectNode json = Json.object().put("image", image.toString());
        texts(json, "builds", evidence.builds());
        texts(json, "evidence", evidence.types());
        return json.put("required", required);
    }

    private static void texts(ObjectNode json, String name, List<String> texts) {
        texts.forEach(json.putArray(name)::add);
    }
}
