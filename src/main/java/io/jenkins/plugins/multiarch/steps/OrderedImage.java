package io.jenkins.plugins.multiarch.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image that a step shall publish when its platforms are built.
 *
 * @param variant empty where there is only one
 * @param tags none of which may stand on another image already
 * @param expected platforms it has to have; none named expects all that are built but for optional ones
 * @param platforms those that are built, in the index's order
 * @param annotations of the index and of its entries
 * @param archive the name under which OCI archives of its platforms are kept
 */
record OrderedImage(
        String variant,
        String repository,
        List<Tag> tags,
        List<Platform> expected,
        List<Platform> platforms,
        List<Platform> optional,
        Map<String, String> annotations,
        Optional<String> archive) {

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("variant", variant).put("repository", repository).put("archive", archive.orElse(""));
        tags.stream().map(Tag::name).forEach(json.putArray("tags")::add);
        write(json, "expected", expected);
        write(json, "platforms", platforms);
        write(json, "optional", optional);
        ObjectNode said = json.putObject("annotations");
        annotations.forEach(said::put);
        return json;
    }

    private static void write(ObjectNode json, String name, List<Platform> platforms) {
        platforms.stream().map(Platform::toString).forEach(json.putArray(name)::add);
    }

    static OrderedImage parse(JsonNode json) {
        Map<String, String> annotations = new LinkedHashMap<>();
        json.path("annotations")
                .fields()
                .forEachRemaining(field ->
                        annotations.put(field.getKey(), field.getValue().asText()));
        return new OrderedImage(
                json.path("variant").asText(),
                json.path("repository").asText(),
                Tag.parseAll(texts(json, "tags")),
                Platform.parseAll(texts(json, "expected")),
                Platform.parseAll(texts(json, "platforms")),
                Platform.parseAll(texts(json, "optional")),
                annotations,
                BuildCell.given(json.path("archive").asText()));
    }

    private static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        json.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Those of all that were built which belong to this image, without what was left out. */
    List<BuiltCell> of(List<BuiltCell> all) {
        return all.stream()
                .filter(cell -> cell.variant().equals(variant) && cell.image().isPresent())
                .toList();
    }

    /** The platforms that the index has to have, given those that were built. */
    List<Platform> wanted(List<BuiltCell> built) {
        if (!expected.isEmpty()) {
            return expected;
        }
        return platforms.stream()
                .filter(platform -> !optional.contains(platform)
                        || built.stream().anyMatch(cell -> cell.platform().equals(platform)))
                .toList();
    }
}
