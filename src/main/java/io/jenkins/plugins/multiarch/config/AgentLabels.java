package io.jenkins.plugins.multiarch.config;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which label the agents of a platform have. A key is a platform or the beginning of one, and the longest that fits wins:
 * {@code linux/arm} stands for {@code linux/arm/v6} and {@code linux/arm/v7}, not for {@code linux/arm64}. What no key fits
 * goes to {@code default}.
 *
 * @param labels label expressions by their keys
 */
public record AgentLabels(Map<String, String> labels) {
    private static final String DEFAULT = "default";
    private static final Pattern KEY = Pattern.compile("default|[a-z0-9_.-]+(/[a-z0-9_.-]+){0,2}");

    /** @throws ReleaseException if a key is not the beginning of a platform, or has no label */
    public AgentLabels {
        Map<String, String> normal = new LinkedHashMap<>();
        labels.forEach((key, label) -> {
            refuseUnlessClear(key, label);
            normal.put(normal(key), label.strip());
        });
        labels = Map.copyOf(normal);
    }

    /** As platforms are written, so that {@code linux/aarch64} and {@code linux/arm64/v8} are {@code linux/arm64}. */
    private static String normal(String key) {
        boolean beginning = !key.contains("/") || key.endsWith("/arm");
        return beginning ? key : Platform.parse(key).toString();
    }

    private static void refuseUnlessClear(String key, String label) {
        if (!KEY.matcher(key).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(key) + "' in agents is no platform.",
                    "Write a platform, the beginning of one, or default before the label, as in linux/arm64=arch-arm64.");
        }
        if (label.isBlank()) {
            throw new ReleaseException(
                    "'" + key + "' in agents has no label.", "Write one behind it, as in " + key + "=arch-arm64.");
        }
    }

    /** These, and where they say nothing the others. */
    public AgentLabels orElse(AgentLabels others) {
        Map<String, String> all = new LinkedHashMap<>(others.labels);
        all.putAll(labels);
        return new AgentLabels(all);
    }

    /** The label for a platform; nothing where no key fits and there is no default. */
    public Optional<String> of(Platform platform) {
        String key = platform.toString();
        while (!labels.containsKey(key) && key.contains("/")) {
            key = key.substring(0, key.lastIndexOf('/'));
        }
        return Optional.ofNullable(labels.get(key)).or(this::fallback);
    }

    /** The label of agents that emulate what has no agent of its own. */
    public Optional<String> fallback() {
        return Optional.ofNullable(labels.get(DEFAULT));
    }
}
