package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON from outside and writes ours.
 *
 * <p>Reading refuses what two parsers could understand differently (repeated keys, text behind the end) and what only
 * an attack would hold (nesting deeper than 100).
 */
public final class Json {
    private static final int MAX_DEPTH = 100;

    /** The longest text in a document, in characters: room for the largest statement in Base64. */
    private static final int MAX_TEXT = 32 << 20;

    /** Names, values and brackets in a document of {@link #readFew}; each takes some 50 bytes of memory or less. */
    private static final int FEW = 500_000;

    private static final ObjectMapper MAPPER = mapper(Long.MAX_VALUE);
    private static final ObjectMapper OF_FEW = mapper(FEW);

    private Json() {}

    private static ObjectMapper mapper(long maxTokens) {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_TEXT)
                .maxTokenCount(maxTokens)
                .build();
        return JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                        .streamReadConstraints(limits)
                        .build())
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads one JSON object.
     *
     * @param what names the document in the refusal, for example {@code "The image index"}
     */
    public static ObjectNode read(byte[] bytes, String what) {
        return read(MAPPER, bytes, what);
    }

    /**
     * Reads one JSON object of at most 500,000 names, values and brackets, for documents that anybody may have written: their
     * texts may be long, but a document of brackets alone takes many times its size in memory.
     */
    public static ObjectNode readFew(byte[] bytes, String what) {
        return read(OF_FEW, bytes, what);
    }

    private static ObjectNode read(ObjectMapper mapper, byte[] bytes, String what) {
        try {
            if (mapper.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
            throw refused(what, "it is not an object");
        } catch (StreamConstraintsException e) {
            throw refused(what, "it is nested too deeply, or has too many parts");
        } catch (JsonProcessingException e) {
            throw refused(what, "it cannot be read past " + place(e.getLocation()));
        } catch (IOException e) {
            throw refused(what, "its characters are in no encoding of JSON");
        }
    }

    /** Writes compactly, fields in the order they were put. */
    public static byte[] write(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }

    /** Writes for people: two spaces of indentation, {@code \n} on every machine, a new line at the end. */
    public static String pretty(JsonNode json) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return new String(MAPPER.writer(printer).writeValueAsBytes(json), StandardCharsets.UTF_8) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of nodes can always be written", e);
        }
    }

    private static String place(JsonLocation location) {
        return location == null ? "its start" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** Without the parser's own words, for they quote the document, which may hold secrets. */
    private static ReleaseException refused(String what, String reason) {
        return new ReleaseException(
                what + " is not a JSON object we can use: " + reason + ".",
                "Make it again with the tool that wrote it.");
    }
}
