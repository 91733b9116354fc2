package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Has images be where tags are about to lead to them, and makes sure that the tags may be written there. */
final class Delivery {
    private final Registry registry;
    private final Copier copier;
    private final KnownManifests manifests;

    Delivery(Registry registry, Copier copier, KnownManifests manifests) {
        this.registry = registry;
        this.copier = copier;
        this.manifests = manifests;
    }

    void bring(List<Candidate> moving) throws IOException, InterruptedException {
        List<Copier.Copy> copies = Survey.copies(moving).stream()
                .map(one -> new Copier.Copy(one.image(), one.target()))
                .toList();
        if (!copies.isEmpty()) {
            copier.bring(copies);
        }
        moving.forEach(one -> manifests.note(one.target(), one.manifest()));
    }

    /**
     * Where several repositories have to take part, each that nothing was copied to is sent again what it has, by its
     * digest: that changes nothing, and a right that is missing is found out before the first tag moves.
     */
    void proveRightToWrite(List<Candidate> moving) throws InterruptedException {
        Set<Repository> targets = new LinkedHashSet<>();
        moving.forEach(one -> targets.add(one.target()));
        if (targets.size() < 2) {
            return;
        }
        for (Candidate one : moving) {
            if (targets.remove(one.target()) && !one.isElsewhere()) {
                registry.put(one.target(), one.change().digest(), one.manifest());
            }
        }
    }
}
