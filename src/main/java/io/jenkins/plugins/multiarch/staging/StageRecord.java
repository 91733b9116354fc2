package io.jenkins.plugins.multiarch.staging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.build.ForeseenIndex;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a staged image is: the file {@code image.json} beside its archives, and {@code index.json}, the very index over its
 * platforms, where it is more than the image of one.
 *
 * @param name what it is handed over as, one word
 */
public record StageRecord(String name, Optional<ImageIndex> index, Origin origin, List<StagedPlatform> platforms) {
    /** Written last: without it, nothing is staged. */
    public static final String RECORD = "image.json";

    public static final String INDEX = "index.json";

    /** The largest record or index that is read, in bytes. */
    public static final int MAX_DOCUMENT = 8 << 20;

    private static final int VERSION = 1;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** Where the documents of a staged image are read from. */
    @FunctionalInterface
    public interface Documents {
        /** The content of a file, or as much of it as is more than {@link #MAX_DOCUMENT}. */
        byte[] read(String file) throws IOException;
    }

    public StageRecord {
        platforms = List.copyOf(platforms);
    }

    /** @throws ReleaseException if it is no name of a staged image */
    public static String checkedName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(name) + "' is not a name for a staged image.",
                    "Write 1 to 128 letters, digits, '_', '.' or '-', beginning with none of the last two, as in app-1.4.");
        }
        return name;
    }

    /**
     * An image of these platforms: with {@code expected} or several platforms the index that publishing them makes, else the
     * image itself.
     *
     * @param expected the platforms that have to be there, no more and no fewer, in the index's order; none takes what comes
     * @param annotations as an {@link io.jenkins.plugins.multiarch.build.IndexRequest} takes them
     */
    public static StageRecord of(
            String name,
            Origin origin,
            List<StagedPlatform> platforms,
            List<Platform> expected,
            Map<String, String> annotations) {
        boolean single = platforms.size() == 1 && expected.isEmpty();
        Optional<ImageIndex> index = single
                ? Optional.empty()
                : Optional.of(ForeseenIndex.of(
                        name, platforms.stream().map(StagedPlatform::entry).toList(), expected, annotations));
        return new StageRecord(name, index, origin, platforms);
    }

    /** The digest of the index, or of the manifest where there is none. */
    public Digest digest() {
        return root().digest();
    }

    /** The descriptor of what the name leads to. */
    public Descriptor root() {
        return index.map(ImageIndex::descriptor)
                .orElseGet(() ->
                        platforms.get(0).image().withPlatform(platforms.get(0).platform()));
    }

    /** @throws ReleaseException if it was not staged for this platform */
    public StagedPlatform platform(Platform asked) {
        return platforms.stream()
                .filter(platform -> platform.platform().satisfies(asked))
                .findFirst()
                .orElseThrow(() -> new ReleaseException(
                        "'" + name + "' was not staged for " + asked + "; there is "
                                + Platform.list(platforms.stream()
                                        .map(StagedPlatform::platform)
                                        .toList())
                                + ".",
                        "Stage it for " + asked + " too, or name a platform that it has."));
    }

    /** The documents by file name, in the order they have to be written. */
    public Map<String, byte[]> documents() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        index.ifPresent(made -> files.put(INDEX, made.bytes()));
        files.put(RECORD, Json.pretty(toJson()).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /** For messages, as in {@code 'app' of acme/app #42 (3 days old)}. */
    public String describe(Instant now) {
        return "'" + name + "' " + origin.describe(now);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("name", name);
        json.put("digest", digest().toString());
        json.put("job", origin.job());
        json.put("build", origin.build());
        json.put("time", origin.time().toString());
        if (index.isPresent()) {
            json.put("index", INDEX);
        }
        ArrayNode array = json.putArray("platforms");
        platforms.forEach(platform -> array.add(platform.toJson()));
        return json;
    }

    /**
     * Reads a record and its index.
     *
     * @param where names the record in refusals
     * @throws ReleaseException if it is damaged, was changed, or is of another version
     */
    public static StageRecord read(Documents documents, String where) throws IOException {
        ObjectNode json = Json.read(bounded(documents, RECORD, where), "The record " + RECORD + " of " + where);
        if (json.path("version").asInt() != VERSION) {
            throw refused(
                    where,
                    "its " + RECORD + " has the version '"
                            + Shown.of(json.path("version").asText("")) + "'");
        }
        try {
            return read(json, documents, where);
        } catch (DateTimeException e) {
            throw refused(where, "its " + RECORD + " has no time");
        }
    }

    private static StageRecord read(JsonNode json, Documents documents, String where) throws IOException {
        Digest digest = Digest.parse(json.path("digest").asText());
        List<StagedPlatform> platforms = new ArrayList<>();
        json.path("platforms").forEach(platform -> platforms.add(StagedPlatform.read(platform)));
        if (platforms.isEmpty()) {
            throw refused(where, "its " + RECORD + " names no platform");
        }
        StageRecord record = new StageRecord(
                checkedName(json.path("name").asText()),
                json.has("index") ? Optional.of(index(documents, digest, where)) : Optional.empty(),
                new Origin(
                        json.path("job").asText(),
                        json.path("build").asText(),
                        Instant.parse(json.path("time").asText())),
                platforms);
        if (!record.digest().equals(digest)) {
            throw refused(where, "its " + RECORD + " names " + digest + " and describes " + record.digest());
        }
        return record;
    }

    private static ImageIndex index(Documents documents, Digest digest, String where) throws IOException {
        byte[] bytes = bounded(documents, INDEX, where);
        if (!digest.matches(bytes)) {
            throw refused(where, "its " + INDEX + " does not have the digest " + digest);
        }
        if (Manifest.parse(bytes, MediaTypes.OCI_INDEX, digest) instanceof ImageIndex index) {
            return index;
        }
        throw refused(where, "its " + INDEX + " is no index");
    }

    private static byte[] bounded(Documents documents, String file, String where) throws IOException {
        byte[] bytes = documents.read(file);
        if (bytes.length > MAX_DOCUMENT) {
            throw refused(where, "its " + file + " has more than " + MAX_DOCUMENT + " bytes");
        }
        return bytes;
    }

    private static ReleaseException refused(String where, String reason) {
        return new ReleaseException(
                "The staged image " + where + " cannot be used: " + reason + ".",
                "Do not use it; it was changed or damaged after it was staged, or staged by another version. Stage it"
                        + " again.");
    }
}
