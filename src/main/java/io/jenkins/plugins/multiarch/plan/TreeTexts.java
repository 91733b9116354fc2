package io.jenkins.plugins.multiarch.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Texts and numbers of JSON and YAML, read token by token: a version {@code 1.20} that YAML takes for a number stays
 * {@code 1.20}.
 */
final class TreeTexts implements KeyedTexts {
    private static final int MAX_DEPTH = 50;

    private final Map<String, String> texts = new HashMap<>();

    private TreeTexts() {}

    /** @param place names the file in a refusal */
    static TreeTexts read(byte[] content, boolean isJson, String place) {
        StreamReadConstraints limits =
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
        JsonFactory factory = isJson
                ? JsonFactory.builder().streamReadConstraints(limits).build()
                : YAMLFactory.builder().streamReadConstraints(limits).build();
        factory.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        TreeTexts read = new TreeTexts();
        try (JsonParser parser = factory.createParser(content)) {
            read.take(parser);
        } catch (IOException e) {
            throw new ReleaseException(
                    place + " cannot be read as " + (isJson ? "JSON" : "YAML") + ".",
                    "Correct the file; it may be broken, or have a name twice.",
                    e);
        }
        return read;
    }

    /** Takes what stands in objects, not what stands in lists, up to the end of the first document. */
    private void take(JsonParser parser) throws IOException {
        Deque<String> path = new ArrayDeque<>();
        path.addLast("");
        String name = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case FIELD_NAME -> name = path.getLast() + parser.currentName();
                case START_OBJECT -> path.addLast(name.isEmpty() ? "" : name + ".");
                case END_OBJECT -> {
                    path.removeLast();
                    if (path.size() == 1) {
                        return;
                    }
                }
                case START_ARRAY -> parser.skipChildren();
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> texts.put(name, parser.getText());
                default -> {}
            }
        }
    }

    @Override
    public Optional<String> get(String key) {
        return Optional.ofNullable(texts.get(key));
    }
}
