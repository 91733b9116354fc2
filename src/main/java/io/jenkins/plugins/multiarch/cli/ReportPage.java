package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release record as one HTML page that needs no other file: for screens, light and dark, and for paper. */
final class ReportPage {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-zA-Z]+)}}");

    private final ObjectNode release;

    ReportPage(ObjectNode release) {
        this.release = release;
    }

    String html() throws IOException {
        Map<String, String> places = places();
        return PLACE.matcher(template()).replaceAll(place -> Matcher.quoteReplacement(places.get(place.group(1))));
    }

    private static String template() throws IOException {
        try (InputStream content = ReportPage.class.getResourceAsStream("report.html")) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("name", text("/name"));
        places.put("release", text("/release"));
        places.put(
                "platformCount", Integer.toString(release.at("/image/platforms").size()));
        places.put("reference", reference("/image/reference"));
        places.put("tags", each("/image/tags", tag -> badge(tag.asText()) + " "));
        places.put("copy", reference("/copy/reference"));
        places.put("referrer", text("/referrer/digest"));
        places.put("referrerType", text("/referrer/artifactType"));
        places.put(
                "platforms",
                each("/image/platforms", platform -> row(platform.path("platform"), code(platform.path("digest")))));
        places.put("channels", channels());
        places.put("moves", each("/tags", this::move));
        places.put("mode", text("/gate/verdict/mode"));
        places.put("tested", text("/gate/verdict/recordedImage"));
        places.put("testedDigest", text("/gate/verdict/recordedDigest"));
        places.put("refusal", text("/gate/refused/reason"));
        return places;
    }

    private String channels() {
        StringBuilder rows = new StringBuilder();
        release.path("channels")
                .fields()
                .forEachRemaining(channel -> rows.append("<tr><th scope=\"row\">")
                        .append(badge(channel.getKey()))
                        .append("</th><td>")
                        .append(release(channel.getValue().asText()))
                        .append("</td><td>")
                        .append(code(channel.getValue()))
                        .append("</td></tr>\n"));
        return rows.toString();
    }

    private String move(JsonNode tag) {
        String previous = tag.path("previous").asText();
        return "<tr><th scope=\"row\">" + badge(tag.path("tag").asText()) + "</th><td>"
                + (previous.isEmpty() ? "new" : abbreviated(previous)) + "</td><td>"
                + abbreviated(tag.path("digest").asText()) + "</td></tr>\n";
    }

    /** Which release a digest is of, since nobody knows digests by heart. */
    private String release(String digest) {
        StringBuilder name = new StringBuilder();
        release.path("releases").fields().forEachRemaining(known -> {
            if (known.getValue().asText().equals(digest)) {
                name.append(escaped(known.getKey()));
            }
        });
        return name.toString();
    }

    private static String row(JsonNode name, String cell) {
        return "<tr><th scope=\"row\">" + escaped(name.asText()) + "</th><td>" + cell + "</td></tr>\n";
    }

    private static String badge(String text) {
        return "<span class=\"badge\">" + escaped(text) + "</span>";
    }

    private static String code(JsonNode text) {
        return "<code>" + escaped(text.asText()) + "</code>";
    }

    private String abbreviated(String digest) {
        return release(digest) + " <code title=\"" + escaped(digest) + "\">"
                + escaped(Digest.parse(digest).abbreviated()) + "</code>";
    }

    /** With a place to break the line, before the digest. */
    private String reference(String pointer) {
        return text(pointer).replace("@", "<wbr>@");
    }

    private String text(String pointer) {
        return escaped(release.at(pointer).asText());
    }

    private String each(String pointer, Function<JsonNode, String> html) {
        StringBuilder all = new StringBuilder();
        release.at(pointer).forEach(item -> all.append(html.apply(item)));
        return all.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
