package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What tags led to before, as the receipts beside images tell: from the image that a tag leads to now to the one before it,
 * and so on.
 */
final class History {
    /** Images of one repository that are looked at, however far back their receipts lead. */
    private static final int MAX_IMAGES = 50;

    private final Receipts receipts;
    private final Map<ImageRef, List<Receipt>> read = new HashMap<>();
    private final Map<TagName, Digest> standing;
    private final Optional<Consumer<String>> passedOver;

    /** @param standing the tags that it is about, each with where it leads now */
    History(Receipts receipts, Map<TagName, Digest> standing) {
        this(receipts, standing, Optional.empty());
    }

    /** For who knows where to go without any. */
    static History withoutWhatCannotBeRead(Receipts receipts, Map<TagName, Digest> standing, Consumer<String> log) {
        return new History(receipts, standing, Optional.of(log));
    }

    private History(Receipts receipts, Map<TagName, Digest> standing, Optional<Consumer<String>> passedOver) {
        this.receipts = receipts;
        this.passedOver = passedOver;
        this.standing = new TreeMap<>(standing);
    }

    /** The newest release among those that made these tags lead where they do, or that a rollback went back to. */
    Optional<Receipt> last() throws InterruptedException {
        Optional<Receipt> last = Optional.empty();
        for (Map.Entry<TagName, Digest> tag : standing.entrySet()) {
            Optional<Receipt> made = maker(tag.getKey(), tag.getValue());
            if (made.isPresent()
                    && last.filter(one -> !one.time().isBefore(made.get().time()))
                            .isEmpty()) {
                last = made;
            }
        }
        return last;
    }

    /** The newest promotion that made a tag lead here; after a rollback, the newest of the time that was gone back to. */
    private Optional<Receipt> maker(TagName name, Digest digest) throws InterruptedException {
        Instant until = Instant.MAX;
        for (Receipt one : beside(name.repository(), digest)) {
            if (!one.leads(name, digest) || one.time().isAfter(until)) {
                continue;
            }
            if (!one.isRollback()) {
                return Optional.of(one);
            }
            until = one.note()
                    .rollback()
                    .flatMap(ReturnTo::state)
                    .filter(one.time()::isAfter)
                    .orElse(until);
        }
        return Optional.empty();
    }

    /**
     * The newest release that made one of these tags of a repository lead somewhere and fulfils a condition, wherever the
     * receipts lead from here.
     *
     * @param wanted asked for each of its images there
     */
    Optional<Found> find(Repository repository, Predicate<Found> wanted) throws InterruptedException {
        return all(repository, wanted).stream().findFirst();
    }

    /** As {@link #find}, all of them, the newest first. */
    List<Found> all(Repository repository, Predicate<Found> wanted) throws InterruptedException {
        List<Found> all = new ArrayList<>();
        Set<Digest> seen = new HashSet<>();
        Queue<Digest> next = new ArrayDeque<>();
        standing.forEach((name, digest) -> {
            if (name.repository().equals(repository) && seen.add(digest)) {
                next.add(digest);
            }
        });
        for (int images = 0; images < MAX_IMAGES && !next.isEmpty(); images++) {
            for (Receipt receipt : beside(repository, next.remove())) {
                for (TagChange change : receipt.tags()) {
                    if (standing.containsKey(change.name())
                            && change.name().repository().equals(repository)) {
                        all.add(new Found(receipt, change.digest()));
                        change.previous().filter(seen::add).ifPresent(next::add);
                        if (seen.add(change.digest())) {
                            next.add(change.digest());
                        }
                    }
                }
            }
        }
        return all.stream()
                .filter(found -> !found.receipt().isRollback())
                .filter(wanted)
                .sorted(Comparator.comparing((Found found) -> found.receipt().time())
                        .reversed())
                .toList();
    }

    private List<Receipt> beside(Repository repository, Digest image) throws InterruptedException {
        ImageRef there = ImageRef.of(repository, image);
        List<Receipt> found = read.get(there);
        if (found == null) {
            found = readBeside(repository, image);
            read.put(there, found);
        }
        return found;
    }

    private List<Receipt> readBeside(Repository repository, Digest image) throws InterruptedException {
        try {
            return receipts.beside(repository, image);
        } catch (ReleaseException e) {
            passedOver
                    .orElseThrow(() -> e)
                    .accept("Passed over the receipts beside " + repository + "@" + image + ": " + e.fact());
            return List.of();
        }
    }

    /** An image of a repository as a release had it. */
    record Found(Receipt receipt, Digest digest) {}

    /** Where the last release found a tag, or where the tag is if that release left it alone. */
    Digest before(Receipt last, TagName name) {
        Digest now = standing.get(name);
        Optional<TagChange> change = last.change(name);
        if (change.isEmpty()) {
            return now;
        }
        if (!change.get().digest().equals(now)) {
            throw new ReleaseException(
                    name + " was not rolled back: it leads to " + now + ", and the last receipt has it at "
                            + change.get().digest() + ".",
                    "Somebody moved it without a receipt; name the version or the digest to go back to.");
        }
        return change.get()
                .previous()
                .orElseThrow(() -> new ReleaseException(
                        name + " was not rolled back: it was not there before it led to " + now + ".",
                        "Leave this tag out, or name the version or the digest to go back to."));
    }
}
