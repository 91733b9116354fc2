package io.jenkins.plugins.multiarch.attest.keyless;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which services a Sigstore instance wants signers to use, and when ({@code signing_config.v0.2.json} of protobuf-specs,
 * {@code SigningConfig}).
 */
public final class SigningConfig {
    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.signingconfig.v0.2+json";
    private static final int MAX_SIZE = 1 << 20;
    private static final String CURE =
            "Give the signing_config.v0.2.json of the Sigstore instance, or the addresses themselves.";

    private final List<Service> authorities;
    private final List<Service> logs;
    private final List<Service> timestampAuthorities;
    private final Selector logSelector;
    private final Selector timestampSelector;

    private record Service(URI address, int version, ValidFor validFor, String operator) {}

    /** How many of the services to use; all where there is no count. */
    private record Selector(Optional<Integer> count) {}

    private SigningConfig(JsonNode json) {
        this.authorities = services(json, "caUrls");
        this.logs = services(json, "rekorTlogUrls");
        this.timestampAuthorities = services(json, "tsaUrls");
        this.logSelector = selector(json.path("rekorTlogConfig"));
        this.timestampSelector = selector(json.path("tsaConfig"));
    }

    /** Reads the JSON of a signing config of version 0.2. */
    public static SigningConfig parse(byte[] json) {
        if (json.length > MAX_SIZE) {
            throw refused("it is longer than " + MAX_SIZE + " bytes", null);
        }
        JsonNode root = Json.read(json, "The signing config");
        String mediaType = root.path("mediaType").asText("");
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw refused("its media type is '" + Shown.of(mediaType) + "'", null);
        }
        try {
            return new SigningConfig(root);
        } catch (Unaccepted e) {
            throw refused(e.getMessage(), e);
        }
    }

    /** The services to use at this time: of each operator the newest, of the latest version that we speak. */
    public SigningServices at(Instant now) {
        List<Service> authority = selected(authorities, new Selector(Optional.of(1)), Set.of(1), now);
        if (authority.isEmpty()) {
            throw refused("it has no certificate authority for this time that we can speak to", null);
        }
        return new SigningServices(
                authority.get(0).address(),
                selected(logs, logSelector, Set.of(1, 2), now).stream()
                        .map(log -> new SigningServices.Log(log.address(), log.version()))
                        .toList(),
                selected(timestampAuthorities, timestampSelector, Set.of(1), now).stream()
                        .map(Service::address)
                        .toList());
    }

    private static List<Service> selected(List<Service> all, Selector selector, Set<Integer> versions, Instant now) {
        List<Service> usable = all.stream()
                .filter(service -> versions.contains(service.version()))
                .filter(service -> service.validFor().contains(now))
                .sorted(Comparator.comparing(Service::version)
                        .thenComparing(service -> service.validFor().start())
                        .reversed())
                .toList();
        Map<String, Service> newest = new LinkedHashMap<>();
        usable.stream()
                .filter(service -> service.version() == usable.get(0).version())
                .forEach(service -> newest.putIfAbsent(service.operator(), service));
        int count = selector.count().orElse(newest.size());
        if (!all.isEmpty() && (newest.isEmpty() || newest.size() < count)) {
            throw refused("it has too few services for this time that we can speak to", null);
        }
        return newest.values().stream().limit(count).toList();
    }

    private static List<Service> services(JsonNode json, String name) {
        return Fields.list(json, name).stream().map(SigningConfig::service).toList();
    }

    private static Service service(JsonNode node) {
        JsonNode validFor = node.path("validFor");
        return new Service(
                SigningServices.address(Fields.text(node, "url")),
                (int) Fields.number(node, "majorApiVersion"),
                new ValidFor(
                        validFor.hasNonNull("start") ? Fields.time(validFor, "start") : Instant.EPOCH,
                        validFor.hasNonNull("end") ? Optional.of(Fields.time(validFor, "end")) : Optional.empty()),
                Fields.textOrEmpty(node, "operator"));
    }

    private static Selector selector(JsonNode node) {
        return switch (Fields.textOrEmpty(node, "selector")) {
            case "ALL" -> new Selector(Optional.empty());
            case "EXACT" -> new Selector(Optional.of((int) Fields.number(node, "count")));
            case "ANY", "" -> new Selector(Optional.of(1));
            default -> throw new Unaccepted("it has an unknown selector");
        };
    }

    private static ReleaseException refused(String reason, Throwable cause) {
        return new ReleaseException("The signing config cannot be used: " + reason + ".", CURE, cause);
    }
}
