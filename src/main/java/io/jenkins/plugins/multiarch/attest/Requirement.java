package io.jenkins.plugins.multiarch.attest;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One thing that a policy asks of an image; what is empty is not asked.
 *
 * @param builder the id of the only builder whose provenance counts
 * @param source the address of the repository that was built
 * @param ref the Git reference that was built; a {@code *} stands for anything
 * @param maxAge how old the evidence may be
 * @param atMost how many findings of each severity a scan may have, the worst severity first
 * @param result the result that tests, or a verification, must have had
 * @param inline whether a source counts too where the Pipeline itself was not read from it
 */
record Requirement(
        EvidenceType type,
        Scope scope,
        String builder,
        String source,
        String ref,
        Optional<Duration> maxAge,
        Map<Severity, Integer> atMost,
        String result,
        boolean inline) {

    /** Beside which manifests the evidence has to lie. */
    enum Scope {
        /** The image that is verified, and all in its index. */
        ALL,
        /** The images that run, or the only one. */
        PLATFORMS,
        /** What was named: the index, or the only image. */
        INDEX
    }

    Requirement {
        Map<Severity, Integer> worstFirst = new TreeMap<>(Comparator.reverseOrder());
        worstFirst.putAll(atMost);
        atMost = Collections.unmodifiableMap(worstFirst);
    }

    /** Whether the newest evidence alone counts, as what an older scan did not find may be known by now. */
    boolean countsTheNewest() {
        return type.equals(EvidenceType.SCAN);
    }

    /** That there is evidence of a kind, wherever somebody can pull, and nothing more. */
    static Requirement of(EvidenceType type) {
        return new Requirement(type, Scope.ALL, "", "", "", Optional.empty(), Map.of(), "", false);
    }
}
