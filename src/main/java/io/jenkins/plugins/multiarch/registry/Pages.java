package io.jenkins.plugins.multiarch.registry;

import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a list that comes in pages, each naming the next in its {@code Link} header (RFC 8288, {@code rel="next"}). */
final class Pages {
    private static final int MAX_PAGES = 2_000;

    /** Not found, and what registries say that have never heard of the question. */
    private static final Set<Integer> ABSENT = Set.of(404, 405, 501);

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,]*;\\s*rel=\"?next\"?(?:[;,\\s]|$)");

    private final Transport transport;

    /** What became of reading a list. */
    enum Outcome {
        READ,
        NO_SUCH_REPOSITORY,
        NO_SUCH_LIST
    }

    Pages(Transport transport) {
        this.transport = transport;
    }

    /** Takes the bytes of a page in. */
    interface Reader {
        /** @param what names the page in a refusal */
        void read(byte[] page, String what);
    }

    /**
     * Hands every page to {@code reader}, in order.
     *
     * @param limit of the whole list in bytes, and so of each page: registries without pages send everything in one
     * @return whether there was such a list
     */
    Outcome read(Call first, URI base, int limit, Reader reader) throws InterruptedException {
        Set<URI> seen = new HashSet<>();
        int left = limit;
        Optional<Call> next = Optional.of(first);
        while (next.isPresent()) {
            Call call = next.get();
            if (seen.size() == MAX_PAGES) {
                throw RegistryErrors.unusable(
                        call,
                        "the link to page " + (MAX_PAGES + 1) + " of a list",
                        "No honest list is that long; ask whoever runs the registry to correct it.");
            }
            if (!seen.add(call.uri())) {
                throw RegistryErrors.unusable(
                        call, "a link back to a page already read", "Ask whoever runs the registry to correct it.");
            }
            try (Answer answer = transport.load(call, base, limit)) {
                if (ABSENT.contains(answer.status()) && seen.size() == 1) {
                    return absent(answer);
                }
                if (!answer.isSuccess()) {
                    throw transport.refused(call, answer);
                }
                byte[] page = answer.bytes();
                left -= page.length;
                if (left < 0) {
                    throw RegistryErrors.tooLong(call, limit);
                }
                reader.read(page, "The answer to " + call.described());
                next = next(call, answer).map(call::to);
            }
        }
        return Outcome.READ;
    }

    private static Outcome absent(Answer answer) {
        boolean unknown = RegistryErrors.Said.read(answer).code().equals("NAME_UNKNOWN");
        return unknown ? Outcome.NO_SUCH_REPOSITORY : Outcome.NO_SUCH_LIST;
    }

    private static Optional<URI> next(Call call, Answer answer) {
        for (String link : answer.all("Link")) {
            Matcher matcher = NEXT.matcher(link);
            if (matcher.find()) {
                return Optional.of(call.target(matcher.group(1)));
            }
        }
        return Optional.empty();
    }
}
