package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads a list page by page to its end, and no list that has none. */
final class PagedList {
    /** At a hundred entries a page, twenty times what the largest known repositories hold. */
    static final int MAX_PAGES = 10_000;

    /** How often a list is read that somebody changes meanwhile. */
    static final int READS = 3;

    private static final String CURE =
            "Ask whoever runs it; nothing is deleted by a list that cannot be read to its end.";

    private PagedList() {}

    /**
     * @param last whether there is no page after it
     * @param total how many entries all pages have, where the API says so
     */
    record Page<T>(List<T> entries, boolean last, OptionalLong total) {
        Page {
            entries = List.copyOf(entries);
        }

        Page(List<T> entries, boolean last) {
            this(entries, last, OptionalLong.empty());
        }
    }

    /** Reads the page with this number, the first being 1. */
    @FunctionalInterface
    interface Reader<T> {
        Page<T> read(int number) throws InterruptedException;
    }

    /**
     * All entries in their order, each once: what moves to the next page while that is read comes twice. What moves to the
     * page before does not come at all, so that a list is read again where the API counts more than have come, or fewer from
     * page to page.
     *
     * @param key what tells entries apart
     * @param what names the list in a refusal, such as {@code The list of versions of ghcr.io/acme/app}
     */
    static <T, K> List<T> all(String what, Function<T, K> key, Reader<T> reader) throws InterruptedException {
        for (int read = 1; read <= READS; read++) {
            Map<K, T> all = new LinkedHashMap<>();
            if (isWhole(what, key, reader, all)) {
                return List.copyOf(all.values());
            }
        }
        throw changing(what);
    }

    private static <T, K> boolean isWhole(String what, Function<T, K> key, Reader<T> reader, Map<K, T> all)
            throws InterruptedException {
        long first = -1;
        long before = 0;
        boolean fewer = false;
        for (int number = 1; number <= MAX_PAGES; number++) {
            Page<T> page = reader.read(number);
            int known = all.size();
            page.entries().forEach(entry -> all.put(key.apply(entry), entry));
            long total = page.total().orElse(before);
            first = first < 0 ? total : first;
            fewer |= total < before;
            before = total;
            if (page.last() || page.entries().isEmpty()) {
                return !fewer && all.size() >= first;
            }
            if (all.size() == known) {
                throw new ReleaseException(what + " goes on with nothing new on page " + number + ".", CURE);
            }
        }
        throw new ReleaseException(what + " has more than " + MAX_PAGES + " pages.", CURE);
    }

    static ReleaseException changing(String what) {
        return new ReleaseException(
                what + " was another one on each page, " + READS + " times.",
                "Run this again when less is pushed and deleted there.");
    }
}
