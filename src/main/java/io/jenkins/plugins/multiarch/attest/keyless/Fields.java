package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Reads fields of JSON that came from outside, refusing with {@link Unaccepted} what is missing or of another kind. */
final class Fields {

    private Fields() {}

    /** A text that must be there and not empty. */
    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw new Unaccepted("its '" + name + "' is missing");
        }
        return value.textValue();
    }

    /** A text, or "" where it is missing. */
    static String textOrEmpty(JsonNode node, String name) {
        return node.path(name).asText("");
    }

    /** Bytes written in Base64. */
    static byte[] bytes(JsonNode node, String name) {
        return base64(text(node, name), name);
    }

    static byte[] base64(String text, String name) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Unaccepted("its '" + name + "' is not Base64", e);
        }
    }

    /** Bytes written in hexadecimal digits. */
    static byte[] hex(JsonNode node, String name) {
        return hex(text(node, name), name);
    }

    static byte[] hex(String text, String name) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new Unaccepted("its '" + name + "' is not in hexadecimal digits", e);
        }
    }

    /** A whole number, which JSON of protobuf may write as a text. */
    static long number(JsonNode node, String name) {
        try {
            return Long.parseLong(node.path(name).asText());
        } catch (NumberFormatException e) {
            throw new Unaccepted("its '" + name + "' is not a number", e);
        }
    }

    /** The elements of a list that may be missing. */
    static List<JsonNode> list(JsonNode node, String name) {
        List<JsonNode> elements = new ArrayList<>();
        node.path(name).forEach(elements::add);
        return elements;
    }

    /** A time as RFC 3339 writes it. */
    static Instant time(JsonNode node, String name) {
        String text = text(node, name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Unaccepted("its '" + name + "' is not a time: '" + Shown.of(text) + "'", e);
        }
    }
}
