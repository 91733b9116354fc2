package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.attest.TrustRule;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.Unaccepted;

/**
 * Who is trusted to sign without a key: a subject, and the OpenID Connect issuer that knows it. Neither means anything
 * without the other.
 */
public record CertificateIdentity(TextRule subject, TextRule issuer) {

    /**
     * An identity as cosign's arguments say it; of each pair exactly one is not empty.
     *
     * @param subject an address of a workflow or job, or of a person's mail, exactly
     * @param issuer such as {@code https://token.actions.githubusercontent.com}, exactly
     */
    public static CertificateIdentity of(
            String subject, String subjectExpression, String issuer, String issuerExpression) {
        return new CertificateIdentity(
                rule("subject", subject, subjectExpression), rule("issuer", issuer, issuerExpression));
    }

    /** As a policy says it. */
    public static CertificateIdentity of(TrustRule.Identity rule) {
        return of(rule.subject(), rule.subjectRegex(), rule.issuer(), rule.issuerRegex());
    }

    private static TextRule rule(String what, String text, String expression) {
        if (text.isEmpty() == expression.isEmpty()) {
            throw new ReleaseException(
                    "The identity to trust has " + (text.isEmpty() ? "no " + what : "two rules for its " + what) + ".",
                    "Give either the " + what + " exactly or a regular expression for it.");
        }
        return text.isEmpty() ? TextRule.matching(expression) : TextRule.exactly(text);
    }

    /** Refuses a certificate of somebody else; to be asked of one whose authority was verified, for expressions may be slow. */
    void require(FulcioCertificate certificate) {
        if (!issuer.accepts(certificate.issuer())) {
            throw new Unaccepted(
                    "its signer was named by the issuer '" + Shown.of(certificate.issuer()) + "', not " + issuer);
        }
        if (!subject.accepts(certificate.subject())) {
            throw new Unaccepted("it was signed by '" + Shown.of(certificate.subject()) + "', not by " + subject);
        }
    }

    @Override
    public String toString() {
        return subject + " (" + issuer + ")";
    }
}
