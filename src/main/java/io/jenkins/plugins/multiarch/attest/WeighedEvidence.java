package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.Finding.Rejected;
import io.jenkins.plugins.multiarch.image.Digest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a policy has to know of one finding; the statement itself may be large, and is not kept. */
sealed interface WeighedEvidence {

    /**
     * Evidence by the trusted signer about the image.
     *
     * @param time when it was made, or {@link Instant#EPOCH}
     * @param objections why it does not fit, for each requirement that asks for its kind; nothing where it does
     * @param digest of its bytes
     */
    record Genuine(String signer, Instant time, Map<Requirement, Optional<String>> objections, Digest digest)
            implements WeighedEvidence {}

    /**
     * What does not count.
     *
     * @param reason a clause that begins with the place
     */
    record Discounted(String reason) implements WeighedEvidence {}

    /** Weighs a piece of evidence, once, for all places where it may lie. */
    static Function<EvidencePlace, WeighedEvidence> of(Testimony testimony, List<Requirement> rules, Instant now) {
        if (!(testimony instanceof Testimony.Given given)) {
            return place -> new Discounted(((Rejected) testimony.beside(place)).clause());
        }
        EvidenceCheck check = new EvidenceCheck(given.statement(), given.time(), now);
        Map<Requirement, Optional<String>> objections = new HashMap<>();
        rules.stream()
                .filter(rule -> rule.type().includes(given.statement().predicateType()))
                .forEach(rule -> objections.put(rule, check.objection(rule)));
        Genuine genuine = new Genuine(given.signer(), check.time().orElse(Instant.EPOCH), objections, given.evidence());
        return place -> given.beside(place) instanceof Rejected rejected ? new Discounted(rejected.clause()) : genuine;
    }
}
