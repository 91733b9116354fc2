package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads a list page by page to its end, and no list that has none. */
final class PagedList {
    /** At a hundred entries a page, twenty times what the largest known repositories hold. */
    static final int MAX_PAGES = 10_000;

    private PagedList() {}

    /** @param last whether there is no page after it */
    record Page<T>(List<T> entries, boolean last) {
        Page {
            entries = List.copyOf(entries);
        }
    }

    /** Reads the page with this number, the first being 1. */
    @FunctionalInterface
    interface Reader<T> {
        Page<T> read(int number) throws InterruptedException;
    }

    /**
     * All entries in their order, each once: what moves to the next page while that is read comes twice.
     *
     * @param key what tells entries apart
     * @param what names the list in a refusal, such as {@code The list of versions of ghcr.io/acme/app}
     */
    static <T, K> List<T> all(String what, Function<T, K> key, Reader<T> reader) throws InterruptedException {
        Map<K, T> all = new LinkedHashMap<>();
        for (int number = 1; number <= MAX_PAGES; number++) {
            Page<T> page = reader.read(number);
            int before = all.size();
            page.entries().forEach(entry -> all.put(key.apply(entry), entry));
            if (page.last() || page.entries().isEmpty()) {
                return List.copyOf(all.values());
            }
            if (all.size() == before) {
                throw new ReleaseException(
                        what + " goes on with nothing new on page " + number + ".",
                        "Ask whoever runs it; nothing is deleted by a list that cannot be read to its end.");
            }
        }
        throw new ReleaseException(
                what + " has more than " + MAX_PAGES + " pages.",
                "Ask whoever runs it; nothing is deleted by a list that cannot be read to its end.");
    }
}
