package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Paths of certificates at a time of the past (RFC 5280, section 6), and what their ends are for. */
final class CertificatePath {
    static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

    private CertificatePath() {}

    /**
     * Refuses a path that was not valid at that time, its anchor included, which Java leaves out.
     *
     * @param path from the leaf towards the anchor, without the anchor
     */
    static void validate(List<X509Certificate> path, X509Certificate anchor, Instant time) {
        try {
            anchor.checkValidity(Date.from(time));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(time));
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException e) {
            throw new Unaccepted("its certificate was not valid at " + time + " under this authority", e);
        }
    }

    /** Whether a certificate may be used for this purpose, and says so. */
    static boolean isFor(X509Certificate certificate, String purpose) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.contains(purpose);
        } catch (CertificateException e) {
            throw new Unaccepted("the purposes of its certificate cannot be read", e);
        }
    }

    /**
     * The path from a leaf up to an authority's anchor, which is left out.
     *
     * @return the leaf and the intermediates of the authority
     */
    static List<X509Certificate> of(X509Certificate leaf, CertificateAuthority authority) {
        List<X509Certificate> path = new ArrayList<>();
        path.add(leaf);
        authority.chain().stream()
                .limit(authority.chain().size() - 1)
                .filter(certificate -> !certificate.equals(leaf))
                .forEach(path::add);
        return path;
    }
}
