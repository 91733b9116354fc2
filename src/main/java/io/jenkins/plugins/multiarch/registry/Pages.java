package io.jenkins.plugins.multiarch.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a list that comes in pages, each naming the next in its {@code Link} header (RFC 8288, {@code rel="next"}). */
final class Pages {
    /** The longest page read, in bytes: registries without pages send a whole repository in one. */
    private static final int MAX_PAGE = 32 * 1024 * 1024;

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

    /**
     * Hands every page to {@code reader}, in order.
     *
     * @return whether there was such a list
     */
    Outcome read(Call first, URI base, Consumer<ObjectNode> reader) throws InterruptedException {
        Set<URI> seen = new HashSet<>();
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
            try (Answer answer = transport.load(call, base, MAX_PAGE)) {
                if (ABSENT.contains(answer.status()) && seen.size() == 1) {
                    return absent(answer);
                }
                if (!answer.isSuccess()) {
                    throw transport.refused(call, answer);
                }
                reader.accept(Json.read(answer.bytes(), "The answer to " + call.described()));
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
