package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.RegistryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Puts tags back where they led, byte for byte, and leaves alone what somebody else has set since. A few go at a time, in the
 * opposite order of {@link MoveOrder}.
 */
final class Restoration {
    private final Registry registry;
    private final KnownManifests manifests;
    private final Consumer<String> log;
    private final TagRemoval removal;
    private final Map<String, String> silent = new ConcurrentHashMap<>();
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

    /** What became of one tag, as sentences. */
    private static final class Outcome {
        private final List<String> did = new ArrayList<>();
        private final List<String> unsettled = new ArrayList<>();
        private Optional<String> left = Optional.empty();
        private boolean forGood = true;
    }

    /**
     * Goes on where one tag cannot be put back, except on a registry that gives no answer.
     *
     * @param uncertain tags with a call whose answer never came, which are written again even where they look right; those
     *     that were not there are {@linkplain #unsettled named} instead
     */
    Left restore(List<TagChange> changes, Set<TagName> uncertain) throws InterruptedException {
        List<List<TagChange>> waves = new ArrayList<>(MoveOrder.waves(changes));
        Collections.reverse(waves);
        for (List<TagChange> wave : waves) {
            List<TagChange> backwards = new ArrayList<>(wave);
            Collections.reverse(backwards);
            Map<TagName, Outcome> outcomes = new ConcurrentHashMap<>();
            try {
                CarefulCalls.each(
                        backwards,
                        change -> outcomes.put(change.name(), restore(change, uncertain.contains(change.name()))));
            } catch (InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("no call throws anything else", e);
            } finally {
                backwards.stream()
                        .map(change -> outcomes.get(change.name()))
                        .filter(Objects::nonNull)
                        .forEach(this::add);
            }
        }
        return new Left(List.copyOf(left), forGood);
    }

    private void add(Outcome outcome) {
        found += outcome.did.size();
        outcome.did.forEach(log);
        outcome.unsettled.forEach(log);
        unsettled.addAll(outcome.unsettled);
        outcome.left.ifPresent(left::add);
        forGood &= outcome.forGood;
    }

    private Outcome restore(TagChange change, boolean isUncertain) throws InterruptedException {
        Outcome outcome = new Outcome();
        String host = change.name().repository().registry();
        if (silent.containsKey(host)) {
            leave(change, silent.get(host), false, outcome);
            return outcome;
        }
        try {
            restore(change, isUncertain, outcome);
        } catch (ReleaseException e) {
            leave(change, e.fact(), e instanceof TagRemoval.Impossible, outcome);
            if (isSilence(e) || isSilence(e.getCause())) {
                silent.put(host, e.fact());
            }
        } catch (Error e) {
            leave(change, "this process has failed (" + e + ").", false, outcome);
        }
        return outcome;
    }

    private static boolean isSilence(Throwable problem) {
        return problem instanceof RegistryException answer && answer.status() == 0;
    }

    private static void leave(TagChange change, String reason, boolean always, Outcome outcome) {
        outcome.left = Optional.of(change.name() + " may lead to " + change.digest() + " instead of "
                + change.previous().map(Digest::toString).orElse("nothing") + ": " + reason);
        outcome.forGood = always;
    }

    private void restore(TagChange change, boolean isUncertain, Outcome outcome) throws InterruptedException {
        Optional<Digest> now = change.name().leadsTo(registry);
        if (change.previous().isEmpty()) {
            remove(change, now, isUncertain, outcome);
        } else if (isBack(change, now) ? isUncertain : change.isSet(now)) {
            putBack(change, change.previous().get(), outcome);
        } else if (!isBack(change, now)) {
            outcome.did.add(isTheirs(change.name(), now));
        }
    }

    private static boolean isBack(TagChange change, Optional<Digest> now) {
        return now.equals(change.previous());
    }

    private static String isTheirs(TagName name, Optional<Digest> now) {
        return "Left " + name + " at " + now.map(Digest::toString).orElse("nothing") + ": somebody else set it.";
    }

    private void putBack(TagChange change, Digest previous, Outcome outcome) throws InterruptedException {
        TagName name = change.name();
        Manifest old = manifests.get(name.repository(), previous);
        Registry.Swap swap =
                registry.swap(name.repository(), name.tag(), now -> change.isSet(now) || isBack(change, now), old);
        if (!swap.done()) {
            outcome.did.add(isTheirs(name, swap.found()));
            return;
        }
        refuseUnless(name, Optional.of(previous));
        outcome.did.add("Restored " + name + " to " + previous + ".");
    }

    private void remove(TagChange change, Optional<Digest> now, boolean isUncertain, Outcome outcome)
            throws InterruptedException {
        TagName name = change.name();
        boolean begun = removal.isBegun(name, now);
        if (begun) {
            removal.finish(name, change.digest());
        } else if (change.isSet(now)) {
            removal.remove(name, manifests.get(name.repository(), change.digest()));
        } else if (now.isPresent()) {
            outcome.did.add(isTheirs(name, now));
        }
        if (begun || change.isSet(now)) {
            refuseUnless(name, Optional.empty());
            outcome.did.add("Removed " + name + ", which was not there before.");
        }
        if (isUncertain) {
            // There is nothing to write once more in the place of what is to be nothing.
            outcome.unsettled.add("Nobody knows what became of a request to set " + name + " to " + change.digest()
                    + "; it may still be carried out.");
        }
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
        Optional<Digest> now = name.leadsTo(registry);
        if (!now.equals(expected)) {
            throw new ReleaseException(
                    name + " was put back and leads to "
                            + now.map(Digest::toString).orElse("nothing") + " now.",
                    "Somebody else moves this tag at the same time; find out who.");
        }
    }
}
