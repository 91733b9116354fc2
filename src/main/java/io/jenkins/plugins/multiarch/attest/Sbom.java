package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the bill of materials that a scanner wrote: CycloneDX JSON, or SPDX 2 JSON. */
public final class Sbom {
    /** A digest as it is, or inside a package URL, where the colon is escaped. */
    private static final Pattern DIGEST = Pattern.compile("sha256(?::|%3[aA])([0-9a-f]{64})(?![0-9a-f])");

    private Sbom() {}

    /**
     * Reads one.
     *
     * @throws ReleaseException if it is of another format, or larger than {@link Statement#MAX_SIZE}
     */
    public static Predicate parse(byte[] json) {
        if (json.length > Statement.MAX_SIZE) {
            throw new ReleaseException(
                    "The SBOM has " + json.length + " bytes, more than the " + Statement.MAX_SIZE + " that are taken.",
                    "Leave out the files inside packages; scanners have an option for that.");
        }
        ObjectNode sbom = Json.read(json, "The SBOM");
        if (sbom.path("bomFormat").asText().equals("CycloneDX")
                && sbom.path("specVersion").isTextual()) {
            return new Predicate(PredicateTypes.CYCLONEDX, json, ofCycloneDx(sbom.path("metadata")));
        }
        if (sbom.path("spdxVersion").asText().startsWith("SPDX-2.")) {
            return new Predicate(PredicateTypes.SPDX, json, ofSpdx(sbom));
        }
        throw new ReleaseException(
                "The SBOM is neither CycloneDX JSON nor SPDX 2 JSON.",
                "Let the scanner write one of these, as in syft -o cyclonedx-json or trivy --format spdx-json.");
    }

    /** The component itself: of an image that is the digest as its version, its package URL, or trivy's property. */
    private static Set<Digest> ofCycloneDx(JsonNode metadata) {
        JsonNode component = metadata.path("component");
        Set<Digest> found = new LinkedHashSet<>();
        if (component.path("type").asText().equals("container")) {
            find(component.path("version"), found);
            find(component.path("purl"), found);
            for (JsonNode property : component.path("properties")) {
                if (property.path("name").asText().matches("aquasecurity:trivy:(RepoDigest|ImageID)")) {
                    find(property.path("value"), found);
                }
            }
        }
        return found;
    }

    /** The packages that the document describes, where they are container images. */
    private static Set<Digest> ofSpdx(ObjectNode sbom) {
        Set<String> described = new LinkedHashSet<>();
        sbom.path("documentDescribes").forEach(id -> described.add(id.asText()));
        for (JsonNode relationship : sbom.path("relationships")) {
            if (relationship.path("relationshipType").asText().equals("DESCRIBES")) {
                described.add(relationship.path("relatedSpdxElement").asText());
            }
        }
        Set<Digest> found = new LinkedHashSet<>();
        for (JsonNode item : sbom.path("packages")) {
            if (described.contains(item.path("SPDXID").asText())
                    && item.path("primaryPackagePurpose").asText("CONTAINER").equals("CONTAINER")) {
                find(item.path("versionInfo"), found);
                item.path("externalRefs").forEach(ref -> find(ref.path("referenceLocator"), found));
            }
        }
        return found;
    }

    private static void find(JsonNode text, Set<Digest> found) {
        Matcher digests = DIGEST.matcher(text.asText(""));
        while (digests.find()) {
            found.add(new Digest("sha256", digests.group(1)));
        }
    }
}
