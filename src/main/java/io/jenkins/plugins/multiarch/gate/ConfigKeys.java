package io.jenkins.plugins.multiarch.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Shown;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An image's settings one by one, named as a Dockerfile names them: {@code ENV PATH}, {@code ENTRYPOINT}, {@code LABEL
 * org.opencontainers.image.version} (OCI image-spec 1.1, "Image Configuration").
 */
final class ConfigKeys {
    /** Longer values are cut and carry their digest, so that a record stays small and still shows any difference. */
    private static final int MAX_VALUE = 200;

    private static final Set<String> NO_SETTING = Set.of("config", "rootfs", "history");
    private static final Map<String, String> WORDS = Map.of(
            "Entrypoint", "ENTRYPOINT",
            "Cmd", "CMD",
            "User", "USER",
            "WorkingDir", "WORKDIR",
            "StopSignal", "STOPSIGNAL",
            "Healthcheck", "HEALTHCHECK",
            "Shell", "SHELL",
            "OnBuild", "ONBUILD");
    private static final Map<String, String> WORDS_OF_MAPS =
            Map.of("Labels", "LABEL", "ExposedPorts", "EXPOSE", "Volumes", "VOLUME");

    /** When and how it was built; none of it matters to those who run the image. */
    private static final Set<String> NOTES =
            Set.of("created", "docker_version", "container", "container_config", "config.Image", "config.Hostname");

    private ConfigKeys() {}

    /** Whether these keys are nothing but what a builder notes about a build. */
    static boolean areNotes(Set<String> keys) {
        return NOTES.containsAll(keys);
    }

    static Map<String, String> of(JsonNode configuration) {
        Map<String, String> keys = new LinkedHashMap<>();
        configuration.fields().forEachRemaining(field -> {
            if (!NO_SETTING.contains(field.getKey())) {
                put(keys, field.getKey(), field.getValue());
            }
        });
        configuration.path("config").fields().forEachRemaining(field -> putSetting(keys, field));
        return keys;
    }

    private static void putSetting(Map<String, String> keys, Map.Entry<String, JsonNode> field) {
        String name = field.getKey();
        JsonNode value = field.getValue();
        if (name.equals("Env")) {
            value.forEach(variable -> putVariable(keys, variable.asText()));
        } else if (WORDS_OF_MAPS.containsKey(name)) {
            value.fields()
                    .forEachRemaining(
                            one -> keys.put(shown(WORDS_OF_MAPS.get(name) + " " + one.getKey()), text(one.getValue())));
        } else {
            put(keys, WORDS.getOrDefault(name, "config." + name), value);
        }
    }

    private static void putVariable(Map<String, String> keys, String variable) {
        int equals = variable.indexOf('=');
        String name = equals < 0 ? variable : variable.substring(0, equals);
        keys.put(shown("ENV " + name), shown(variable.substring(Math.min(name.length() + 1, variable.length()))));
    }

    /** Builders write what is not set as null, as false, as empty, or not at all. */
    private static void put(Map<String, String> keys, String name, JsonNode value) {
        boolean unset = value.isNull()
                || (value.isBoolean() && !value.asBoolean())
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isEmpty());
        if (!unset) {
            keys.put(shown(name), text(value));
        }
    }

    private static String text(JsonNode value) {
        if (value.isContainerNode()) {
            return value.isEmpty() ? "" : shown(value.toString());
        }
        return shown(value.asText());
    }

    /** One line without control characters, cut where it is long. */
    static String shown(String text) {
        String line = Shown.plain(text);
        if (line.length() <= MAX_VALUE) {
            return line;
        }
        Digest whole = Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
        return line.substring(0, MAX_VALUE) + "… (" + text.length() + " characters, " + whole.abbreviated() + "…)";
    }
}
