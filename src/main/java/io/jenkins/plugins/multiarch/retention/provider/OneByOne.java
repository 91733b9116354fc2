package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.registry.RegistryException;
import io.jenkins.plugins.multiarch.retention.DoomedManifest;
import io.jenkins.plugins.multiarch.retention.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Deletes where an API takes one at a time: a failure costs one deletion, and one that would meet all others ends it. */
final class OneByOne {
    private static final Set<Integer> NOT_ALLOWED = Set.of(401, 403);

    private OneByOne() {}

    @FunctionalInterface
    interface Deletion {
        /** @throws RegistryException where the provider would not or could not */
        Removal delete(DoomedManifest manifest) throws InterruptedException;
    }

    /** @throws RegistryException if the first is refused for want of a right, and nothing is deleted */
    static List<Removal> delete(List<DoomedManifest> manifests, Deletion deletion) throws InterruptedException {
        List<Removal> removals = new ArrayList<>();
        for (DoomedManifest manifest : manifests) {
            try {
                removals.add(deletion.delete(manifest));
            } catch (RegistryException e) {
                boolean notAllowed = NOT_ALLOWED.contains(e.status()) && !e.isRetryable();
                if (notAllowed && removals.isEmpty()) {
                    throw e;
                }
                if (notAllowed || e.code().equals("TOOMANYREQUESTS")) {
                    removals.add(Removal.ended(e.getMessage()));
                    break;
                }
                removals.add(Removal.failed(e.getMessage()));
            }
        }
        while (removals.size() < manifests.size()) {
            removals.add(removals.get(removals.size() - 1));
        }
        return List.copyOf(removals);
    }
}
