package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Finds the release that a rollback goes back to. */
final class PastReleases {
    /** Receipts tell the time in steps of this. */
    private static final Duration STEP = Duration.ofMillis(1);

    private final Registry registry;
    private final Receipts receipts;
    private final Consumer<String> log;

    /** @param log gets a line where a build of another job is gone back to */
    PastReleases(Registry registry, Receipts receipts, Consumer<String> log) {
        this.registry = registry;
        this.receipts = receipts;
        this.log = log;
    }

    PastRelease find(RollbackRequest request) throws InterruptedException {
        Map<TagName, Digest> standing = new TreeMap<>();
        for (TagName name : request.own()) {
            standing.put(name, standing(name));
        }
        History history = request.to() instanceof RollbackTarget.Image
                ? History.withoutWhatCannotBeRead(receipts, standing, log)
                : new History(receipts, standing);
        Optional<Receipt> last = history.last();
        if (request.to() instanceof RollbackTarget.Previous) {
            return previous(history, standing, last.orElseThrow(() -> unknown(standing)));
        }
        Map<Repository, Digest> images = new LinkedHashMap<>();
        Optional<Instant> state = Optional.empty();
        String build = request.to() instanceof RollbackTarget.Build target ? build(history, target, request) : "";
        for (Repository repository : request.repositories()) {
            Optional<History.Found> found = found(history, repository, request, build);
            images.put(repository, found.isPresent() ? found.get().digest() : named(repository, request));
            state = later(state, found.map(one -> one.receipt().time()));
        }
        return new PastRelease(images, standing, new ReturnTo(state, last.map(Receipt::release)));
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return other.isEmpty() || one.filter(time -> time.isAfter(other.get())).isPresent() ? one : other;
    }

    private Digest standing(TagName name) throws InterruptedException {
        return registry.head(name.repository(), name.tag())
                .map(Descriptor::digest)
                .orElseThrow(() -> new ReleaseException(
                        name + " does not exist, so there is nothing to roll back.",
                        "Check its name; promote sets tags that are not there yet."));
    }

    private ReleaseException unknown(Map<TagName, Digest> standing) {
        Map.Entry<TagName, Digest> first = standing.entrySet().iterator().next();
        return new ReleaseException(
                first.getKey() + " was not rolled back: no receipt" + byWhom() + " beside " + first.getValue()
                        + " tells where it led before.",
                "Name the version or the digest to go back to.");
    }

    private String byWhom() {
        return receipts.trusted()
                .map(Verifier::name)
                .map(name -> " by the " + name)
                .orElse("");
    }

    private static PastRelease previous(History history, Map<TagName, Digest> standing, Receipt last) {
        Map<Repository, Digest> images = new LinkedHashMap<>();
        Map<Repository, TagName> first = new LinkedHashMap<>();
        for (TagName name : standing.keySet()) {
            Digest before = history.before(last, name);
            Digest other = images.putIfAbsent(name.repository(), before);
            TagName earlier = first.putIfAbsent(name.repository(), name);
            if (other != null && !other.equals(before)) {
                throw new ReleaseException(
                        "The tags of " + name.repository() + " led to different images before: " + earlier.tag()
                                + " to " + other + ", " + name.tag() + " to " + before + ".",
                        "Roll them back one by one.");
            }
        }
        return new PastRelease(
                images, standing, new ReturnTo(Optional.of(last.time().minus(STEP)), Optional.of(last.release())));
    }

    /**
     * The address of the build that a number means: one of the job that rolls back, else one of the only job that promoted
     * with this number.
     */
    private String build(History history, RollbackTarget.Build target, RollbackRequest request)
            throws InterruptedException {
        Set<String> addresses = new TreeSet<>();
        for (Repository repository : request.repositories()) {
            history.all(repository, target::isOf)
                    .forEach(one -> addresses.add(one.receipt().note().url()));
        }
        Optional<String> own = request.note().addressOf(target.number()).filter(addresses::contains);
        if (own.isEmpty() && addresses.size() > 1) {
            throw new ReleaseException(
                    "Nothing was rolled back: " + target + " is a build of several jobs, "
                            + addresses.stream()
                                    .map(one -> one.isEmpty() ? "one without an address" : one)
                                    .collect(Collectors.joining(" and "))
                            + ".",
                    "Name the version or the digest to go back to.");
        }
        String address = own.or(() -> addresses.stream().findFirst()).orElse("");
        if (own.isEmpty() && !address.isEmpty()) {
            log.accept("Build " + target + " is " + address + ".");
        }
        return address;
    }

    /** @param build the address of the build that is gone back to, where it is one */
    private static Optional<History.Found> found(
            History history, Repository repository, RollbackRequest request, String build) throws InterruptedException {
        if (request.to() instanceof RollbackTarget.Version version) {
            return history.find(repository, one -> version.is(one.receipt().version(repository, one.digest())));
        }
        if (request.to() instanceof RollbackTarget.Build target) {
            return history.find(
                    repository,
                    one -> target.isOf(one) && one.receipt().note().url().equals(build));
        }
        Digest image = ((RollbackTarget.Image) request.to()).digest();
        return history.find(
                repository,
                one -> one.receipt().images().keySet().stream()
                        .anyMatch(any -> any.digest().equals(Optional.of(image))));
    }

    /** What no receipt tells: the tag of a version, and the image of a digest. */
    private Digest named(Repository repository, RollbackRequest request) throws InterruptedException {
        Optional<Digest> named = Optional.empty();
        if (request.to() instanceof RollbackTarget.Image image) {
            named = registry.head(repository, image.digest()).map(Descriptor::digest);
        } else if (request.to() instanceof RollbackTarget.Version version
                && receipts.trusted().isEmpty()
                && Tag.isValid(version.text())) {
            named = registry.head(repository, new Tag(version.text())).map(Descriptor::digest);
        }
        return named.orElseThrow(() -> new ReleaseException(
                repository + " was not rolled back: no receipt" + byWhom() + " tells what " + request.to()
                        + " had there.",
                "Look at the name of the release, or name the digest, one repository at a time."));
    }
}
