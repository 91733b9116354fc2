package io.jenkins.plugins.multiarch.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a registry really does, as it was found out with one of its repositories.
 *
 * @param apiVersion its {@code Docker-Distribution-Api-Version}, or empty
 * @param authentication the scheme it asks for: {@code none}, {@code basic} or {@code bearer}
 * @param features whether it has each; what was not found out is not in it
 * @param untried what could not be tried, each as a sentence that says why
 * @param left what was written and could not be removed, by tag or digest
 */
public record RegistryReport(
        Repository repository,
        String apiVersion,
        String authentication,
        Map<RegistryFeature, Boolean> features,
        List<String> untried,
        List<String> left) {

    public RegistryReport {
        Map<RegistryFeature, Boolean> ordered = new EnumMap<>(RegistryFeature.class);
        ordered.putAll(features);
        features = Collections.unmodifiableMap(ordered);
        untried = List.copyOf(untried);
        left = List.copyOf(left);
    }

    /** The report for people, one feature a line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(repository.registry() + (apiVersion.isEmpty() ? "" : " speaks " + apiVersion + " and") + " asks for "
                + (authentication.equals("none") ? "no credentials" : authentication) + ".");
        features.forEach((feature, has) -> lines.add(
                String.format(Locale.ROOT, "%-3s  %-28s %s", has ? "yes" : "no", feature, feature.meaning(has))));
        lines.addAll(untried);
        if (!left.isEmpty()) {
            lines.add("Left in " + repository + ", for it could not be removed: " + String.join(", ", left));
        }
        return lines;
    }

    /**
     * <code>{"registry", "repository", "apiVersion", "authentication", "features": {"REFERRERS_API": true, …}, "untried": […],
     * "left": […]}</code>.
     */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("registry", repository.registry());
        json.put("repository", repository.toString());
        json.put("apiVersion", apiVersion);
        json.put("authentication", authentication);
        ObjectNode found = json.putObject("features");
        features.forEach((feature, has) -> found.put(feature.name(), has));
        untried.forEach(json.putArray("untried")::add);
        ArrayNode names = json.putArray("left");
        left.forEach(names::add);
        return json;
    }
}
