package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What one copy has to write, found out by reading alone. Filled by {@link CopySurvey}. */
final class CopyPlan {
    private final Map<Digest, Manifest> missing = new LinkedHashMap<>();
    private final Map<Tag, Manifest> signatures = new LinkedHashMap<>();
    private final Map<Digest, Set<Digest>> referrers = new LinkedHashMap<>();

    void write(Manifest manifest) {
        missing.put(manifest.digest(), manifest);
    }

    void sign(Tag tag, Manifest signature) {
        signatures.put(tag, signature);
    }

    /** Something about the subject that the target has to list when all is done. */
    void list(Digest subject, Digest referrer) {
        referrers.computeIfAbsent(subject, none -> new LinkedHashSet<>()).add(referrer);
    }

    boolean writes(Digest digest) {
        return missing.containsKey(digest);
    }

    /** cosign's tags and what they shall lead to. */
    Map<Tag, Manifest> signatures() {
        return signatures;
    }

    /** Subjects, and the referrers of each that the target does not list yet. */
    Map<Digest, Set<Digest>> referrers() {
        return referrers;
    }

    Manifest manifest(Digest digest) {
        return missing.get(digest);
    }

    /** Every manifest whose blobs the target needs. */
    Collection<Manifest> manifests() {
        return Stream.concat(missing.values().stream(), signatures.values().stream())
                .toList();
    }

    /**
     * The manifests to write by digest, in groups: what a group lists, and what it is about, stands in an earlier one.
     * Pointing goes by digest, so there is no circle.
     */
    List<List<Manifest>> groups() {
        List<List<Manifest>> groups = new ArrayList<>();
        Map<Digest, Manifest> remaining = new LinkedHashMap<>(missing);
        while (!remaining.isEmpty()) {
            List<Manifest> ready = remaining.values().stream()
                    .filter(manifest -> needs(manifest).noneMatch(remaining::containsKey))
                    .toList();
            groups.add(ready);
            ready.forEach(manifest -> remaining.remove(manifest.digest()));
        }
        return groups;
    }

    private static Stream<Digest> needs(Manifest manifest) {
        return Stream.concat(manifest.children().stream(), manifest.subject().stream())
                .map(Descriptor::digest);
    }

    int referrerCount() {
        return signatures.size()
                + (int) referrers.values().stream().mapToLong(Set::size).sum();
    }
}
