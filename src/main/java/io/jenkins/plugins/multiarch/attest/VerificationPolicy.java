package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What an image must have before it is let through, and whose word counts. */
public final class VerificationPolicy {
    private final List<TrustRule> trust;
    private final List<Platform> platforms;
    private final List<Requirement> requirements;
    private final Digest digest;

    /**
     * @param platforms that the image must have; empty for whatever it has
     * @param digest of its text
     */
    VerificationPolicy(List<TrustRule> trust, List<Platform> platforms, List<Requirement> requirements, Digest digest) {
        this.trust = List.copyOf(trust);
        this.platforms = List.copyOf(platforms);
        this.requirements = List.copyOf(requirements);
        this.digest = digest;
    }

    /** Whose signatures count; any one of them does. */
    public List<TrustRule> trust() {
        return trust;
    }

    /** The sha256 of its text; of the key in PEM, where that is all of it. */
    public Digest digest() {
        return digest;
    }

    List<Platform> platforms() {
        return platforms;
    }

    List<Requirement> requirements() {
        return requirements;
    }

    /** Whether evidence may count against the image, so that all of it has to be read. */
    boolean countsTheNewest() {
        return requirements.stream().anyMatch(Requirement::countsTheNewest);
    }

    /**
     * Whether a referrer may hold what is required, by the type that is written beside it. Whoever wrote another one there
     * hides what it holds, and nothing else.
     */
    boolean mayBeRequired(Descriptor referrer) {
        String type = referrer.annotations().get(BundleReferrers.PREDICATE_TYPE);
        return type == null
                || requirements.stream().anyMatch(rule -> rule.type().includes(type));
    }

    /** Makes a verifier of an identity; needs trusted roots, which policies do not hold. */
    @FunctionalInterface
    public interface Identities {
        Verifier of(TrustRule.Identity identity);
    }

    /** That somebody with this key said anything but that something failed, about each digest that can be pulled. */
    public static VerificationPolicy of(TrustedKey key) {
        return new VerificationPolicy(
                List.of(new TrustRule.Key(key)),
                List.of(),
                List.of(Requirement.of(EvidenceType.ANY)),
                Digest.sha256(key.toPem().getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Reads a policy in JSON or YAML; docs/attestations.md describes it.
     *
     * @throws ReleaseException if something in it is not understood, for a misspelt rule would be no rule
     */
    public static VerificationPolicy parse(byte[] text) {
        return PolicyReader.read(text);
    }

    /** Who is trusted, ready to verify. */
    public Verifier verifier(Identities identities) {
        return new AnyVerifier(trust.stream()
                .map(rule -> rule instanceof TrustRule.Key key
                        ? (Verifier) new KeyVerifier(key.key())
                        : identities.of((TrustRule.Identity) rule))
                .toList());
    }
}
