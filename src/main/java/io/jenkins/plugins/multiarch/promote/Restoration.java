package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Puts tags back where they led, byte for byte, and leaves alone what somebody else has set since. */
final class Restoration {
    private final Registry registry;
    private final KnownManifests manifests;
    private final Consumer<String> log;
    private final TagRemoval removal;
    private final Map<String, String> silent = new HashMap<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> unsettled = new ArrayList<>();
    private boolean forGood = true;
    private int found;

    Restoration(Registry registry, KnownManifests manifests, Consumer<String> log) {
        this.registry = registry;
        this.manifests = manifests;
        this.log = log;
        this.removal = new TagRemoval(registry);
    }

    /**
     * Tags that were not put back.
     *
     * @param lines for each of them a sentence that says where it leads, and why
     * @param forGood whether all of them are new ones on registries that remove none, so that nothing is left to try
     */
    record Left(List<String> lines, boolean forGood) {}

    /**
     * Goes on where one tag cannot be put back, except on a registry that gives no answer.
     *
     * @param uncertain tags with a call whose answer never came, which are written again even where they look right; those
     *     that were not there are {@linkplain #unsettled named} instead
     */
    Left restore(List<TagChange> changes, Set<TagName> uncertain) throws InterruptedException {
        for (int last = changes.size() - 1; last >= 0; last--) {
            TagChange change = changes.get(last);
            String host = change.name().repository().registry();
            if (silent.containsKey(host)) {
                leave(change, silent.get(host), false);
                continue;
            }
            try {
                restore(change, uncertain.contains(change.name()));
            } catch (ReleaseException e) {
                leave(change, e.fact(), e instanceof TagRemoval.Impossible);
                if (isSilence(e) || isSilence(e.getCause())) {
                    silent.put(host, e.fact());
                }
            } catch (Error e) {
                leave(change, "this process has failed (" + e + ").", false);
            }
        }
        return new Left(List.copyOf(left), forGood);
    }

    private static boolean isSilence(Throwable problem) {
        return problem instanceof RegistryException answer && answer.status() == 0;
    }

    private void leave(TagChange change, String reason, boolean always) {
        left.add(change.name() + " may lead to " + change.digest() + " instead of "
                + change.previous().map(Digest::toString).orElse("nothing") + ": " + reason);
        forGood &= always;
    }

    private void restore(TagChange change, boolean uncertain) throws InterruptedException {
        Optional<Digest> now = head(change.name());
        if (change.previous().isEmpty()) {
            remove(change, now, uncertain);
        } else if (isBack(change, now) ? uncertain : change.isSet(now)) {
            putBack(change, change.previous().get());
        } else if (!isBack(change, now)) {
            leave(change.name(), now);
        }
    }

    private static boolean isBack(TagChange change, Optional<Digest> now) {
        return now.equals(change.previous());
    }

    private void leave(TagName name, Optional<Digest> now) {
        did("Left " + name + " at " + now.map(Digest::toString).orElse("nothing") + ": somebody else set it.");
    }

    private void putBack(TagChange change, Digest previous) throws InterruptedException {
        TagName name = change.name();
        Manifest old = manifests.get(name.repository(), previous);
        Registry.Swap swap =
                registry.swap(name.repository(), name.tag(), now -> change.isSet(now) || isBack(change, now), old);
        if (!swap.done()) {
            leave(name, swap.found());
            return;
        }
        refuseUnless(name, Optional.of(previous));
        did("Restored " + name + " to " + previous + ".");
    }

    private void remove(TagChange change, Optional<Digest> now, boolean uncertain) throws InterruptedException {
        TagName name = change.name();
        boolean begun = removal.isBegun(name, now);
        if (begun) {
            removal.finish(name, change.digest());
        } else if (change.isSet(now)) {
            removal.remove(name, manifests.get(name.repository(), change.digest()));
        } else if (now.isPresent()) {
            leave(name, now);
        }
        if (begun || change.isSet(now)) {
            refuseUnless(name, Optional.empty());
            did("Removed " + name + ", which was not there before.");
        }
        if (uncertain) {
            settleLater(change);
        }
    }

    /** There is nothing to write once more in the place of what is to be nothing. */
    private void settleLater(TagChange change) {
        String line = "Nobody knows what became of a request to set " + change.name() + " to " + change.digest()
                + "; it may still be carried out.";
        unsettled.add(line);
        log.accept(line);
    }

    private void did(String line) {
        found++;
        log.accept(line);
    }

    /** How many tags did not lead any more where they had led. */
    int found() {
        return found;
    }

    /** Tags that were not there and may appear later all the same, each as a sentence. */
    List<String> unsettled() {
        return List.copyOf(unsettled);
    }

    private void refuseUnless(TagName name, Optional<Digest> expected) throws InterruptedException {
        Optional<Digest> now = head(name);
        if (!now.equals(expected)) {
            throw new ReleaseException(
                    name + " was put back and leads to "
                            + now.map(Digest::toString).orElse("nothing") + " now.",
                    "Somebody else moves this tag at the same time; find out who.");
        }
    }

    private Optional<Digest> head(TagName name) throws InterruptedException {
        return registry.head(name.repository(), name.tag()).map(Descriptor::digest);
    }
}
