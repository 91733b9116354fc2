package io.jenkins.plugins.multiarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents in which tools written in Go find something else than those that know the exact names alone. */
class AmbiguousNamesTest {
    private static final String OURS = "sha256:" + "a".repeat(64);
    private static final String FOREIGN = "sha256:" + "b".repeat(64);
    private static final String CHILD = "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + OURS
            + "\",\"size\":7,\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"},\"annotations\":{\"a\":\"b\"}}";
    private static final String INDEX = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
            + "\",\"manifests\":[" + CHILD + "],\"annotations\":{\"c\":\"d\"}}";
    private static final String IMAGE = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"" + MediaTypes.OCI_CONFIG
            + "\",\"digest\":\"" + OURS + "\",\"size\":7},\"layers\":[]}";
    private static final String CONFIG = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"app\"],"
            + "\"Labels\":{\"a\":\"b\"},\"ExposedPorts\":{\"80/tcp\":{}}},\"rootfs\":{\"type\":\"layers\","
            + "\"diff_ids\":[]},\"history\":[{\"created_by\":\"COPY\"}]}";

    private static Manifest manifest(String text) {
        return Manifest.parse(text.getBytes(UTF_8), "");
    }

    private static String refused(String text, String name, String known) {
        return "The manifest " + Digest.sha256(text.getBytes(UTF_8)) + refused(name, known);
    }

    private static String refused(String name, String known) {
        return " is not a JSON object we can use: it has '" + name + "', which some tools read as '" + known
                + "' and others pass over. Make it again with the tool that wrote it.";
    }

    @Test
    void mayNotBeAnIndexOfTwoKinds() {
        String both = INDEX.replace("],\"ann", "],\"Manifests\":[" + CHILD.replace(OURS, FOREIGN) + "],\"ann");

        assertThatThrownBy(() -> manifest(both))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(refused(both, "Manifests", "manifests"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"size\":7', '\"size\":7,\"Digest\":\"%s\"', Digest, digest",
        "'\"size\":7', '\"size\":7,\"DIGEST\":\"%s\"', DIGEST, digest",
        "'\"size\":7', '\"size\":7,\"\\u0044igest\":\"%s\"', Digest, digest",
        "'\"size\":7', '\"size\":7,\"\u017Fize\":8', \u017Fize, size",
        "'\"size\":7', '\"size\":7,\"mediatype\":\"a\"', mediatype, mediaType",
        "'\"size\":7', '\"size\":7,\"artifacttype\":\"a\"', artifacttype, artifactType",
        "'\"os\":\"linux\"', '\"OS\":\"linux\"', OS, os",
        "'\"os\":\"linux\"', '\"os\":\"linux\",\"Architecture\":\"arm64\"', Architecture, architecture",
        "'\"os\":\"linux\"', '\"os\":\"linux\",\"Variant\":\"v8\"', Variant, variant",
        "'\"platform\"', '\"Platform\"', Platform, platform",
        "'\"schemaVersion\"', '\"schemaversion\"', schemaversion, schemaVersion",
        "'\"schemaVersion\":2', '\"schemaVersion\":2,\"Layers\":[]', Layers, layers",
        "'\"schemaVersion\":2', '\"schemaVersion\":2,\"Subject\":{}', Subject, subject",
        "'\"annotations\":{\"c\"', '\"Annotations\":{\"c\"', Annotations, annotations",
    })
    void mayNotBeOneOfTwoDescriptors(String there, String instead, String name, String known) {
        String text = INDEX.replace(there, instead.formatted(FOREIGN));

        assertThatThrownBy(() -> manifest(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(refused(text, name, known));
    }

    @ParameterizedTest
    @CsvSource({"'\"layers\"', Layers, layers", "'\"config\"', Config, config", "'\"digest\"', Digest, digest"})
    void mayNotBeAnImageOfTwoKinds(String there, String name, String known) {
        String text = IMAGE.replace(there, '"' + name + '"');

        assertThatThrownBy(() -> manifest(text)).hasMessage(refused(text, name, known));
    }

    @ParameterizedTest
    @CsvSource({
        "architecture, Architecture",
        "os, OS",
        "config, Config",
        "Cmd, cmd",
        "rootfs, rootFS",
        "diff_ids, Diff_IDs",
        "history, Hi\u017Ftory",
        "created_by, Created_by"
    })
    void mayNotBeAConfigurationOfTwoKinds(String known, String name) {
        String text = CONFIG.replace('"' + known + '"', '"' + name + '"');

        assertThatThrownBy(() -> ImageConfig.parse(text.getBytes(UTF_8)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The image configuration" + refused(name, known));
    }

    /** The sign of kelvin is the letter k for Go, and the dotless i is not the letter i. */
    @Test
    void areFoldedAsInGo() {
        KnownNames names = KnownNames.of("key", "id");

        assertThat(names.ambiguity(Json.object().put("\u212Aey", 1)))
                .contains("it has '\u212Aey', which some tools read as 'key' and others pass over");
        assertThat(names.ambiguity(Json.object().put("\u0131d", 1).put("key", 1).put("keys", 1)))
                .isEmpty();
    }

    @Test
    void areNotTheKeysThatPeopleChoose() {
        ImageConfig config =
                ImageConfig.parse(CONFIG.replace("\"a\":\"b\"", "\"foo\":\"1\",\"Foo\":\"2\",\"os\":\"3\",\"OS\":\"4\"")
                        .replace("\"80/tcp\":{}", "\"80/tcp\":{},\"80/TCP\":{}")
                        .getBytes(UTF_8));
        Manifest index = manifest(INDEX.replace("\"a\":\"b\"", "\"digest\":\"1\",\"Digest\":\"2\"")
                .replace("\"c\":\"d\"", "\"e\":\"1\",\"E\":\"2\""));

        assertThat(config.json().at("/config/Labels")).hasSize(4);
        assertThat(index.annotations()).containsOnlyKeys("e", "E");
        assertThat(index.children().get(0).annotations()).containsOnlyKeys("digest", "Digest");
    }

    @Test
    void areNotThoseOfTools() {
        assertThat(manifest(INDEX.replace("\"schemaVersion\":2", "\"schemaVersion\":2,\"x-tool\":1,\"X-Tool\":2"))
                        .children())
                .hasSize(1);
    }
}
