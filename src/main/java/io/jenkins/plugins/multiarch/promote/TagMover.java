package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sets the tags of one transaction, each looked at right before and read back, and knows what may have come of it. */
final class TagMover {
    /** How often a tag is set where others move it to and fro. */
    private static final int ATTEMPTS = 4;
    /** From this status on nobody knows what a registry did. */
    private static final int SERVER_TROUBLE = 500;

    private final Registry registry;
    private final KnownManifests manifests;
    private final Notes notes;
    private final Precedence precedence;
    /** Each tag that was looked at to be set, with what it led to right before. */
    private final Map<TagName, TagChange> begun = new ConcurrentHashMap<>();

    private final Set<TagName> asked = ConcurrentHashMap.newKeySet();
    private final Set<TagName> moved = ConcurrentHashMap.newKeySet();
    private final Set<TagName> unanswered = ConcurrentHashMap.newKeySet();

    TagMover(Registry registry, KnownManifests manifests, Notes notes, Precedence precedence) {
        this.registry = registry;
        this.manifests = manifests;
        this.notes = notes;
        this.precedence = precedence;
    }

    void set(TagChange planned) throws IOException, InterruptedException, LostRace {
        TagName name = planned.name();
        Manifest manifest = manifests.get(name.repository(), planned.digest());
        begun.putIfAbsent(name, planned);
        try {
            set(planned, manifest);
        } catch (RegistryException e) {
            if (asked.contains(name) && (e.status() == 0 || e.status() >= SERVER_TROUBLE)) {
                // What was asked may have been done, or be done later, with the answer lost on its way.
                unanswered.add(name);
            }
            if (!planned.isSet(name.leadsTo(registry))) {
                throw e;
            }
        } catch (InterruptedException e) {
            if (asked.contains(name)) {
                unanswered.add(name);
            }
            throw e;
        }
        moved.add(name);
        notes.write(new JournalEntry.Moved(begun.get(name)));
    }

    private void set(TagChange planned, Manifest manifest) throws IOException, InterruptedException, LostRace {
        TagName name = planned.name();
        for (int attempt = 1; ; attempt++) {
            Optional<Digest> before = begun.get(name).previous();
            Registry.Swap swap = registry.swap(
                    name.repository(), name.tag(), now -> isToBeAsked(name, now.equals(before)), manifest);
            if (swap.done()) {
                return;
            }
            if (attempt == ATTEMPTS || !isFree(planned, swap.found())) {
                throw new LostRace(name, swap.found());
            }
            overwrite(planned.from(swap.found()));
        }
    }

    private boolean isToBeAsked(TagName name, boolean is) {
        if (is) {
            asked.add(name);
        }
        return is;
    }

    /** Whether the tag is as it was found, or has been set by somebody whose release is older than this one. */
    private boolean isFree(TagChange planned, Optional<Digest> now) throws InterruptedException {
        return now.equals(planned.previous())
                || now.equals(begun.get(planned.name()).previous())
                || (now.isPresent() && precedence.isOurs(planned, now.get()));
    }

    /** Before theirs is gone it is on the disk where to go back to. */
    private void overwrite(TagChange theirs) throws IOException {
        notes.write(new JournalEntry.Overwriting(theirs));
        begun.put(theirs.name(), theirs);
    }

    /** Somebody who lost the race may have put back what stood there before both came. */
    void readBack(TagChange planned) throws IOException, InterruptedException, LostRace {
        for (int attempt = 1; ; attempt++) {
            Optional<Digest> now = planned.name().leadsTo(registry);
            if (planned.isSet(now)) {
                return;
            }
            if (!isFree(planned, now)) {
                throw new LostRace(planned.name(), now);
            }
            if (attempt == ATTEMPTS) {
                throw new ReleaseException(
                        planned.name() + " was set to " + planned.digest() + " but leads to "
                                + now.map(Digest::toString).orElse("nothing") + " still.",
                        "The registry said that it had done it; ask whoever runs it, or what caches its answers.");
            }
            set(planned);
        }
    }

    /** Those that the registry said it had moved, with where they led. */
    List<TagChange> moved(List<TagChange> planned) {
        return planned.stream()
                .filter(change -> moved.contains(change.name()))
                .map(change -> begun.get(change.name()))
                .toList();
    }

    /** Those that may have moved, with where they go back to. */
    List<TagChange> begun(List<TagChange> planned) {
        return planned.stream()
                .filter(change -> begun.containsKey(change.name()))
                .map(change -> begun.get(change.name()))
                .toList();
    }

    /** Those with a request of which nobody knows what became. */
    Set<TagName> unanswered() {
        return Set.copyOf(unanswered);
    }
}
