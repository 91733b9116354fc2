package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the bill of materials that a scanner wrote: CycloneDX JSON, or SPDX 2 JSON. */
public final class Sbom {
    private static final String WHAT = "The SBOM";
    private static final Pattern TRIVY_PROPERTY = Pattern.compile("aquasecurity:trivy:(?:RepoDigest|ImageID)");
    /** How Trivy writes the same into SPDX, lately as annotations and before as attributions. */
    private static final Pattern TRIVY_NOTE = Pattern.compile("(?:RepoDigest|ImageID): .*");

    /** SPDX 2.2 knows no purposes. */
    private static final Set<String> CONTAINERS = Set.of("CONTAINER", "");

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
        ObjectNode sbom = Json.read(Json.withoutMark(json), WHAT);
        if (sbom.path("bomFormat").asText().equals("CycloneDX")
                && sbom.path("specVersion").isTextual()) {
            return new Predicate(PredicateTypes.CYCLONEDX, json, ofCycloneDx(sbom.at("/metadata/component")));
        }
        if (sbom.path("spdxVersion").asText().startsWith("SPDX-2.")) {
            return new Predicate(PredicateTypes.SPDX, json, ofSpdx(sbom));
        }
        throw new ReleaseException(
                "The SBOM is neither CycloneDX JSON nor SPDX 2 JSON.",
                "Let the scanner write one of these, as in syft -o cyclonedx-json or trivy --format spdx-json.");
    }

    /** The component itself: of an image that is the digest as its version, its package URL, or trivy's property. */
    private static Optional<ImageDocument> ofCycloneDx(JsonNode component) {
        if (!component.path("type").asText().equals("container")) {
            return Optional.empty();
        }
        List<JsonNode> texts = new ArrayList<>(List.of(component.path("version"), component.path("purl")));
        for (JsonNode property : component.path("properties")) {
            if (TRIVY_PROPERTY.matcher(property.path("name").asText()).matches()) {
                texts.add(property.path("value"));
            }
        }
        return Optional.of(ImageDocument.of(WHAT, texts));
    }

    /** The packages that the document describes, where they are container images. */
    private static Optional<ImageDocument> ofSpdx(ObjectNode sbom) {
        Set<String> described = new LinkedHashSet<>();
        sbom.path("documentDescribes").forEach(id -> described.add(id.asText()));
        for (JsonNode relationship : sbom.path("relationships")) {
            if (relationship.path("relationshipType").asText().equals("DESCRIBES")) {
                described.add(relationship.path("relatedSpdxElement").asText());
            }
        }
        boolean container = false;
        List<JsonNode> texts = new ArrayList<>();
        for (JsonNode item : sbom.path("packages")) {
            String purpose = item.path("primaryPackagePurpose").asText();
            if (described.contains(item.path("SPDXID").asText()) && CONTAINERS.contains(purpose)) {
                container |= !purpose.isEmpty();
                texts.addAll(names(item));
            }
        }
        ImageDocument document = ImageDocument.of(WHAT, texts);
        return container || !document.images().isEmpty() ? Optional.of(document) : Optional.empty();
    }

    private static List<JsonNode> names(JsonNode item) {
        List<JsonNode> texts = new ArrayList<>(List.of(item.path("versionInfo")));
        item.path("externalRefs").forEach(ref -> texts.add(ref.path("referenceLocator")));
        List<JsonNode> notes = new ArrayList<>();
        item.path("attributionTexts").forEach(notes::add);
        item.path("annotations").forEach(annotation -> notes.add(annotation.path("comment")));
        notes.stream()
                .filter(note -> TRIVY_NOTE.matcher(note.asText()).matches())
                .forEach(texts::add);
        return texts;
    }
}
