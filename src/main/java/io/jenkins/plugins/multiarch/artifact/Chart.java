package io.jenkins.plugins.multiarch.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.layout.Compression;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the Chart.yaml of a packed Helm chart says (Helm 3, "Charts" and "Use OCI-based registries"). */
final class Chart {
    static final String CONFIG_TYPE = "application/vnd.cncf.helm.config.v1+json";
    static final String CONTENT_TYPE = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

    /** The largest unpacked chart in bytes, which is Helm's own limit. */
    private static final long MAX_UNPACKED = 100L << 20;

    /** Bytes. */
    private static final int MAX_YAML = 1 << 20;

    private static final int MAX_ENTRIES = 10_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,126}[a-z0-9])?");

    /** Semantic Versioning 2.0.0; Helm allows a leading v. */
    private static final Pattern VERSION = Pattern.compile("v?(?:0|[1-9][0-9]{0,18})(?:\\.(?:0|[1-9][0-9]{0,18})){2}"
            + "(?:-[0-9A-Za-z.-]{1,100})?(?:\\+[0-9A-Za-z.-]{1,100})?");

    /** The fields in the order in which Helm writes them. */
    private static final List<String> FIELDS = List.of(
            "name",
            "home",
            "sources",
            "version",
            "description",
            "keywords",
            "maintainers",
            "icon",
            "apiVersion",
            "condition",
            "tags",
            "appVersion",
            "deprecated",
            "annotations",
            "kubeVersion",
            "dependencies",
            "type");

    private static final String OCI = "org.opencontainers.image.";

    private final ObjectNode metadata;

    private Chart(ObjectNode metadata) {
        this.metadata = metadata;
    }

    static Chart read(Path file) throws IOException {
        String what = "The chart '" + Shown.of(String.valueOf(file.getFileName())) + "'";
        if (!Files.isRegularFile(file)) {
            throw refused(what, "it is not a file");
        }
        ObjectNode written = ChartYaml.read(yaml(file, what), what);
        ObjectNode metadata = Json.object();
        FIELDS.forEach(field -> Optional.ofNullable(written.get(field)).ifPresent(value -> metadata.set(field, value)));
        Chart chart = new Chart(metadata);
        if (!NAME.matcher(chart.name()).matches()) {
            throw refused(what, "its name is '" + Shown.of(chart.name()) + "'");
        }
        if (!VERSION.matcher(chart.version()).matches()) {
            throw refused(what, "its version is '" + Shown.of(chart.version()) + "', which is no semantic version");
        }
        return chart;
    }

    private static ReleaseException refused(String what, String why) {
        return new ReleaseException(
                what + " cannot be pushed: " + why + ".", "Pack it by helm package, which checks the same.");
    }

    /** The only Chart.yaml of the chart itself; those of charts in it lie deeper. */
    private static byte[] yaml(Path file, String what) throws IOException {
        byte[] found = null;
        long unpacked = 0;
        try (InputStream in = Files.newInputStream(file);
                InputStream expanded = Compression.expand(in, what);
                TarReader tar = new TarReader(expanded, what)) {
            int entries = 0;
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                unpacked += Math.max(0, entry.get().size());
                if (++entries > MAX_ENTRIES || unpacked > MAX_UNPACKED) {
                    throw refused(what, "it has more than " + MAX_ENTRIES + " files or " + MAX_UNPACKED + " bytes");
                }
                if (entry.get().name().matches("[^/]+/Chart\\.yaml")) {
                    if (found != null) {
                        throw refused(what, "it has two files Chart.yaml");
                    }
                    found = tar.content().readNBytes(MAX_YAML + 1);
                }
            }
        }
        if (found == null || found.length > MAX_YAML) {
            throw refused(what, found == null ? "it has no Chart.yaml" : "its Chart.yaml is larger than 1 MiB");
        }
        return found;
    }

    String name() {
        return metadata.path("name").asText();
    }

    String version() {
        return metadata.path("version").asText();
    }

    byte[] config() {
        return Json.write(metadata);
    }

    /** Those that Helm gives: the chart's own, and OCI's made of its fields, sorted. */
    Map<String, String> annotations() {
        Map<String, String> all = new TreeMap<>();
        metadata.path("annotations")
                .properties()
                .forEach(own -> all.put(own.getKey(), own.getValue().asText()));
        put(all, "description", metadata.path("description").asText());
        put(all, "url", metadata.path("home").asText());
        put(all, "source", metadata.path("sources").path(0).asText());
        put(all, "authors", authors());
        put(all, "title", name());
        put(all, "version", version());
        return all;
    }

    private static void put(Map<String, String> all, String key, String value) {
        if (!value.isEmpty()) {
            all.put(OCI + key, value);
        }
    }

    private String authors() {
        List<String> authors = new ArrayList<>();
        for (JsonNode maintainer : metadata.path("maintainers")) {
            String name = maintainer.path("name").asText();
            String email = maintainer.path("email").asText();
            if (!name.isEmpty()) {
                authors.add(email.isEmpty() ? name : name + " (" + email + ")");
            }
        }
        return String.join(", ", authors);
    }
}
