package io.jenkins.plugins.multiarch.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A {@link GateRecord} as JSON, version 1. Reading accepts exactly what writing makes. */
final class RecordJson {
    private static final int VERSION = 1;
    private static final String CHECKSUM = "checksum";
    private static final Set<String> FIELDS = Set.of("version", "mode", "image", "digest", "platforms", CHECKSUM);
    private static final Set<String> PLATFORM_FIELDS =
            Set.of("platform", "fingerprint", "manifest", "imageId", "config", "layers", "blobs", "history");

    private RecordJson() {}

    static ObjectNode write(GateRecord record) {
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("mode", record.mode().toString());
        json.put("image", record.image());
        json.put("digest", text(record.digest()));
        ArrayNode platforms = json.putArray("platforms");
        record.platforms().forEach(platform -> write(platform, record.mode(), platforms.addObject()));
        json.put(CHECKSUM, checksum(json).toString());
        return json;
    }

    private static void write(Fingerprint of, GateMode mode, ObjectNode json) {
        json.put("platform", of.platform().toString());
        json.put("fingerprint", of.in(mode).toString());
        json.put("manifest", text(of.manifest()));
        json.put("imageId", of.imageId().toString());
        ObjectNode config = json.putObject("config");
        of.config().forEach(config::put);
        write(of.layers(), json.putArray("layers"));
        write(of.blobs(), json.putArray("blobs"));
        of.history().forEach(json.putArray("history")::add);
    }

    private static void write(List<Digest> digests, ArrayNode array) {
        digests.forEach(digest -> array.add(digest.toString()));
    }

    private static String text(Optional<Digest> digest) {
        return digest.map(Digest::toString).orElse("");
    }

    static GateRecord read(byte[] bytes) {
        ObjectNode json = Json.read(bytes, "The gate record");
        JsonNode version = json.path("version");
        refuseUnless(version.isInt(), "it has no version");
        if (version.asInt() != VERSION) {
            throw new ReleaseException(
                    "The gate record has version " + version.asInt() + ", and only version " + VERSION + " is known.",
                    "Record and verify with the same release of the plugin or command line.");
        }
        if (!checksum(json).toString().equals(json.path(CHECKSUM).asText())) {
            throw new ReleaseException(
                    "The gate record was changed after it was written: its checksum is another.",
                    "Hand over the file as the gate wrote it; if nobody changed it, record the image again.");
        }
        refuseUnlessFields(json, FIELDS);
        GateMode mode = GateMode.parse(text(json, "mode"));
        List<Fingerprint> platforms = new ArrayList<>();
        for (JsonNode platform : array(json, "platforms")) {
            platforms.add(read(platform, mode));
        }
        refuseUnless(!platforms.isEmpty(), "it has no platform");
        Optional<Digest> digest = digest(json, "digest");
        refuseUnless(mode != GateMode.MANIFEST || digest.isPresent(), "it is by mode manifest and has no digest");
        return new GateRecord(mode, text(json, "image"), digest, platforms);
    }

    private static Fingerprint read(JsonNode json, GateMode mode) {
        refuseUnlessFields(json, PLATFORM_FIELDS);
        Fingerprint read = new Fingerprint(
                Platform.parse(text(json, "platform")),
                digest(json, "manifest"),
                Digest.parse(text(json, "imageId")),
                config(json.path("config")),
                digests(json, "layers"),
                digests(json, "blobs"),
                texts(json, "history"));
        refuseUnless(
                read.in(mode).toString().equals(text(json, "fingerprint"))
                        && read.layers().size() == read.history().size(),
                "what it says of " + read.platform() + " does not fit together");
        return read;
    }

    private static Map<String, String> config(JsonNode json) {
        refuseUnless(json.isObject(), "'config' is not an object");
        Map<String, String> config = new LinkedHashMap<>();
        json.fields().forEachRemaining(field -> config.put(field.getKey(), text(json, field.getKey())));
        return config;
    }

    private static List<Digest> digests(JsonNode json, String field) {
        return texts(json, field).stream().map(Digest::parse).toList();
    }

    private static List<String> texts(JsonNode json, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : array(json, field)) {
            refuseUnless(item.isTextual(), "'" + field + "' holds something else than texts");
            texts.add(item.asText());
        }
        return texts;
    }

    private static JsonNode array(JsonNode json, String field) {
        refuseUnless(json.path(field).isArray(), "'" + field + "' is not a list");
        return json.path(field);
    }

    private static Optional<Digest> digest(JsonNode json, String field) {
        String text = text(json, field);
        return text.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(text));
    }

    private static String text(JsonNode json, String field) {
        refuseUnless(json.path(field).isTextual(), "'" + Shown.of(field) + "' is not a text");
        return json.path(field).asText();
    }

    private static void refuseUnlessFields(JsonNode json, Set<String> fields) {
        Set<String> found = new TreeSet<>();
        json.fieldNames().forEachRemaining(found::add);
        refuseUnless(found.equals(fields), "it has the fields " + Shown.of(String.join(", ", found)));
    }

    private static void refuseUnless(boolean fine, String reason) {
        if (!fine) {
            throw new ReleaseException(
                    "This is not a gate record: " + reason + ".",
                    "Give the file that the gate wrote when it recorded the image.");
        }
    }

    private static Digest checksum(ObjectNode json) {
        return Digest.sha256(Json.write(json.deepCopy().without(CHECKSUM)));
    }
}
