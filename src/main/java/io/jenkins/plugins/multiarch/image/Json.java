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
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads JSON from outside and writes ours.
 *
 * <p>Reading refuses what two parsers could understand differently (repeated names, names that differ from
 * {@linkplain KnownNames known ones} in case alone, text behind the end, other encodings than UTF-8, and a byte order mark,
 * which RFC 8259 forbids) and what only an attack would hold (nesting deeper than 100).
 */
public final class Json {
    private static final int MAX_DEPTH = 100;

    /** The longest text in a document, in characters: room for the largest statement in Base64. */
    private static final int MAX_TEXT = 32 << 20;

    /** Names, values and brackets in a document of {@link #readFew}; each takes some 50 bytes of memory or less. */
    private static final int FEW = 500_000;

    private static final int CHUNK = 1 << 13;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** In so many first octets JSON in UTF-16 and in UTF-32 has a zero, and JSON in UTF-8 never. */
    private static final int TELLING = 4;

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

    /**
     * As {@link #readFew(byte[], String)}, of a document that other tools read too.
     *
     * @param names what its specification calls its fields; one that is equal to them but for case is refused
     */
    public static ObjectNode readFew(byte[] bytes, String what, KnownNames names) {
        return unambiguous(readFew(bytes, what), what, names);
    }

    /** As {@link #read(byte[], String)}, of a document that other tools read too. */
    public static ObjectNode read(byte[] bytes, String what, KnownNames names) {
        return unambiguous(read(bytes, what), what, names);
    }

    private static ObjectNode unambiguous(ObjectNode json, String what, KnownNames names) {
        names.ambiguity(json).ifPresent(reason -> {
            throw refused(what, reason);
        });
        return json;
    }

    /**
     * Reads one JSON list of at most 500,000 names, values and brackets, as APIs answer with.
     *
     * @param what names the document in the refusal, for example {@code "The list of versions"}
     */
    public static ArrayNode readList(byte[] bytes, String what) {
        if (tree(OF_FEW, bytes, what) instanceof ArrayNode list) {
            return list;
        }
        throw new ReleaseException(
                what + " is not a JSON list.", "Check that the address is that of the API, and not of its web pages.");
    }

    private static ObjectNode read(ObjectMapper mapper, byte[] bytes, String what) {
        if (tree(mapper, bytes, what) instanceof ObjectNode object) {
            return object;
        }
        throw refused(what, "it is not an object");
    }

    private static JsonNode tree(ObjectMapper mapper, byte[] bytes, String what) {
        if (isMarked(bytes) || !isUtf8(bytes)) {
            throw refused(what, "it is not in UTF-8 without a byte order mark");
        }
        try {
            return mapper.readTree(bytes);
        } catch (StreamConstraintsException e) {
            throw refused(what, "it is nested too deeply, or has too many parts");
        } catch (JsonProcessingException e) {
            throw refused(what, "it cannot be read past " + place(e.getLocation()));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can always be read", e);
        }
    }

    /** Without the mark that some editors put before UTF-8, for documents that people give us and nobody else reads as they are. */
    public static byte[] withoutMark(byte[] bytes) {
        return Arrays.copyOfRange(bytes, isMarked(bytes) ? BYTE_ORDER_MARK.length : 0, bytes.length);
    }

    private static boolean isMarked(byte[] bytes) {
        int length = BYTE_ORDER_MARK.length;
        return bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
    }

    /** The parser would find out by itself in which encoding they are, and takes octets of UTF-8 that others do not. */
    private static boolean isUtf8(byte[] bytes) {
        for (int i = 0; i < Math.min(TELLING, bytes.length); i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer chunk = CharBuffer.allocate(CHUNK);
        CoderResult result = strict.decode(in, chunk, true);
        while (result.isOverflow()) {
            chunk.clear();
            result = strict.decode(in, chunk, true);
        }
        return !result.isError();
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
