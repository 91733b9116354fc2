package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names that a specification gives to the fields of an object, and to those of the objects below.
 *
 * <p>Tools written in Go take {@code Manifests} for {@code manifests}, and of both the last one (Go, "encoding/json": "preferring
 * an exact match but also accepting a case-insensitive match"), where others know the exact name alone. A document that
 * has such a name is another one for each of them, and is refused. Any other name, and the keys of maps such as annotations,
 * labels and exposed ports, may be whatever they are.
 */
public final class KnownNames {
    private static final KnownNames PLATFORM =
            of("architecture", "os", "os.version", "os.features", "variant", "features");

    private static final KnownNames DESCRIPTOR = of(
                    "mediaType", "digest", "size", "urls", "annotations", "data", "artifactType")
            .with("platform", PLATFORM);

    /** Of the manifest of an image and of an index, and of lists of referrers (OCI image-spec 1.1). */
    public static final KnownNames MANIFEST = of("schemaVersion", "mediaType", "artifactType", "annotations")
            .with("config", DESCRIPTOR)
            .with("layers", DESCRIPTOR)
            .with("manifests", DESCRIPTOR)
            .with("subject", DESCRIPTOR);

    /** What an image runs, with what Docker adds. */
    private static final KnownNames RUN = of(
            "User",
            "ExposedPorts",
            "Env",
            "Entrypoint",
            "Cmd",
            "Volumes",
            "WorkingDir",
            "Labels",
            "StopSignal",
            "ArgsEscaped",
            "Healthcheck",
            "OnBuild",
            "Shell");

    /** Of the configuration of an image (OCI image-spec 1.1, "Image Configuration"). */
    static final KnownNames CONFIG = of(
                    "created", "author", "architecture", "os", "os.version", "os.features", "variant")
            .with("config", RUN)
            .with("rootfs", of("type", "diff_ids"))
            .with("history", of("created", "author", "created_by", "comment", "empty_layer"));

    /** Of the list of images that {@code docker save} writes, as the {@code images} of an object. */
    public static final KnownNames SAVED_IMAGES = of().with("images", of("Config", "RepoTags", "Layers"));

    /** By the form in which all names that Go takes for one another are equal. */
    private final Map<String, String> names;

    private final Map<String, KnownNames> below;

    private KnownNames(Map<String, String> names, Map<String, KnownNames> below) {
        this.names = names;
        this.below = below;
    }

    /** Names of fields that hold values, or maps with keys of any name. */
    public static KnownNames of(String... names) {
        Map<String, String> all = new HashMap<>();
        for (String name : names) {
            all.put(folded(name), name);
        }
        return new KnownNames(all, Map.of());
    }

    /** These, and the name of a field that holds an object, or a list of objects, with names of their own. */
    public KnownNames with(String name, KnownNames within) {
        Map<String, String> allNames = new HashMap<>(names);
        allNames.put(folded(name), name);
        Map<String, KnownNames> allBelow = new HashMap<>(below);
        allBelow.put(name, within);
        return new KnownNames(allNames, allBelow);
    }

    /** What is wrong with an object, or one of a list of objects; a clause. */
    Optional<String> ambiguity(JsonNode json) {
        if (json.isArray()) {
            return first(json.elements());
        }
        Iterator<Map.Entry<String, JsonNode>> fields = json.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            String name = field.getKey();
            String known = names.getOrDefault(folded(name), name);
            if (!known.equals(name)) {
                return Optional.of("it has '" + Shown.of(name) + "', which some tools read as '" + known
                        + "' and others pass over");
            }
            Optional<String> deeper =
                    Optional.ofNullable(below.get(name)).flatMap(within -> within.ambiguity(field.getValue()));
            if (deeper.isPresent()) {
                return deeper;
            }
        }
        return Optional.empty();
    }

    private Optional<String> first(Iterator<JsonNode> objects) {
        while (objects.hasNext()) {
            Optional<String> found =
                    Optional.of(objects.next()).filter(JsonNode::isObject).flatMap(this::ambiguity);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** As Go folds: beside upper case, the long s and the sign of kelvin are letters of ASCII. */
    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('\u017F', 's').replace('\u212A', 'k');
    }
}
