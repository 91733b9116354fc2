package io.jenkins.plugins.multiarch.artifact;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.util.Set;

/** Reads a Chart.yaml token by token, so that a version {@code 1.20} is not made a number. */
final class ChartYaml {
    private static final int MAX_DEPTH = 50;

    /** The fields that are true or false to Helm; all others are texts, however they look. */
    private static final Set<String> YES_OR_NO = Set.of("deprecated", "enabled");

    private final YAMLParser parser;

    private ChartYaml(YAMLParser parser) {
        this.parser = parser;
    }

    /** @param what names the chart in a refusal */
    static ObjectNode read(byte[] yaml, String what) {
        YAMLFactory factory = YAMLFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build();
        factory.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try (YAMLParser parser = factory.createParser(yaml)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                return new ChartYaml(parser).object();
            }
        } catch (IOException e) {
            throw refused(what, e);
        }
        throw refused(what, null);
    }

    private static ReleaseException refused(String what, Exception cause) {
        return new ReleaseException(
                what + " has a Chart.yaml that cannot be read.",
                "Correct it; it may be broken, have a name twice, or use aliases.",
                cause);
    }

    private ObjectNode object() throws IOException {
        ObjectNode object = Json.object();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonNode value = value(parser.nextToken(), YES_OR_NO.contains(name));
            if (!value.isNull()) {
                object.set(name, value);
            }
        }
        return object;
    }

    private ArrayNode array() throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token, false));
        }
        return array;
    }

    private JsonNode value(JsonToken token, boolean isYesOrNo) throws IOException {
        if (parser.isCurrentAlias()) {
            throw new IOException("an alias");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_TRUE, VALUE_FALSE ->
                isYesOrNo ? BooleanNode.valueOf(token == JsonToken.VALUE_TRUE) : TextNode.valueOf(parser.getText());
            case VALUE_NULL -> JsonNodeFactory.instance.nullNode();
            default -> TextNode.valueOf(parser.getText());
        };
    }
}
