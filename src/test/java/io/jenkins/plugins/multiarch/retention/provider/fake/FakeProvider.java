package io.jenkins.plugins.multiarch.retention.provider.fake;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.registry.fake.Api;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A provider's API beside a fake registry: what all of them have in common. */
public abstract class FakeProvider implements Api {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private final FakeRegistry registry;
    private final String prefix;
    private final Map<Digest, Instant> pushed = new ConcurrentHashMap<>();
    private int pageSize = Integer.MAX_VALUE;
    private boolean endless;

    /** @param prefix the path that the API is below */
    FakeProvider(FakeRegistry registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
        registry.serve(prefix, this);
    }

    /** The API's address. */
    public URI base() {
        return URI.create(registry.url() + prefix);
    }

    public String prefix() {
        return prefix;
    }

    /** Says when a manifest was pushed; otherwise it was at the beginning of 2026. */
    public void pushedAt(Digest digest, Instant time) {
        pushed.put(digest, time);
    }

    /** Most entries in a page, whatever is asked for. */
    public void pageSize(int entries) {
        pageSize = entries;
    }

    /** Answers every page with the first, and says that there is one more. */
    public void neverEnd() {
        endless = true;
    }

    FakeRegistry registry() {
        return registry;
    }

    Instant pushed(Digest digest) {
        return pushed.getOrDefault(digest, LONG_AGO);
    }

    List<String> tags(String repository, Digest digest) {
        return registry.tags(repository).stream()
                .filter(tag ->
                        registry.tagged(repository, tag).filter(digest::equals).isPresent())
                .toList();
    }

    /** All manifests, those pushed last first. */
    List<Digest> newestFirst(String repository) {
        return registry.manifests(repository).stream()
                .sorted(Comparator.comparing(this::pushed).reversed().thenComparing(Digest::toString))
                .toList();
    }

    /** Whether an index of the repository lists it. */
    boolean isListed(String repository, Digest digest) {
        return registry.manifests(repository).stream()
                .flatMap(parent -> manifest(repository, parent).children().stream())
                .anyMatch(child -> child.digest().equals(digest));
    }

    Manifest manifest(String repository, Digest digest) {
        byte[] bytes = registry.manifest(repository, digest).orElseThrow();
        boolean index = new String(bytes, StandardCharsets.UTF_8).contains("\"manifests\"");
        return Manifest.parse(bytes, index ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST);
    }

    /** A part of a list. */
    record Slice<T>(List<T> entries, boolean more) {}

    /** @param number of the page, the first being 1 */
    <T> Slice<T> slice(List<T> all, int number, int asked) {
        int size = Math.min(asked, pageSize);
        int from = endless ? 0 : Math.min(all.size(), (number - 1) * size);
        int to = Math.min(all.size(), from + size);
        return new Slice<>(all.subList(from, to), endless || to < all.size());
    }
}
