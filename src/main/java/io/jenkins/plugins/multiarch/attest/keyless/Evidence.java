package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.VerificationMaterial.Certificates;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import io.jenkins.plugins.multiarch.keys.X509;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Weighs what a bundle holds beside its signature against a trusted root, whoever the signer may be. */
final class Evidence {
    /** More than any honest bundle has, of log entries and of timestamps. */
    private static final int MAX_PARTS = 32;

    private final TrustedRoot root;
    private final LogCheck logs;
    private final TimestampCheck timestamps;

    Evidence(TrustedRoot root) {
        this.root = root;
        this.logs = new LogCheck(root.logs());
        this.timestamps = new TimestampCheck(root.timestampAuthorities());
    }

    /** The certificate that a bundle names, which nothing says anything about yet. */
    static FulcioCertificate certificate(Bundle bundle) {
        if (!(bundle.material() instanceof Certificates certificates)) {
            throw new Unaccepted("it was signed with a key, not with a certificate");
        }
        for (byte[] issuer :
                certificates.chain().subList(1, certificates.chain().size())) {
            X509Certificate certificate = X509.read(issuer);
            if (certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
                throw new Unaccepted("it brings along a root certificate of its own");
            }
        }
        return FulcioCertificate.read(certificates.leaf());
    }

    /**
     * Refuses evidence that does not hold.
     *
     * @return the time at which the signature was there already, as the first of those says whom the trusted root trusts
     */
    Instant time(Bundle bundle, FulcioCertificate certificate, SignedContent content) {
        if (bundle.logEntries().size() > MAX_PARTS || bundle.timestamps().size() > MAX_PARTS) {
            throw new Unaccepted("it has more than " + MAX_PARTS + " log entries or timestamps");
        }
        List<Instant> times =
                new ArrayList<>(logs.times(bundle.logEntries(), content, X509.encoded(certificate.certificate())));
        if (!root.timestampAuthorities().isEmpty()) {
            bundle.timestamps().forEach(answer -> times.add(timestamps.time(answer, content.signature())));
        }
        if (times.isEmpty()) {
            throw new Unaccepted("nobody who is trusted says when it was signed");
        }
        times.forEach(time -> requireIssued(certificate.certificate(), time));
        return Collections.min(times);
    }

    private void requireIssued(X509Certificate certificate, Instant time) {
        Unaccepted last = new Unaccepted("the trusted root has no certificate authority");
        for (CertificateAuthority authority : root.certificateAuthorities()) {
            try {
                requireIssued(certificate, authority, time);
                return;
            } catch (Unaccepted e) {
                last = e;
            }
        }
        throw last;
    }

    private void requireIssued(X509Certificate certificate, CertificateAuthority authority, Instant time) {
        if (!authority.validFor().contains(time)) {
            throw new Unaccepted("the authority of its certificate was not trusted at " + time);
        }
        CertificatePath.validate(CertificatePath.of(certificate, authority), authority.anchor(), time);
        if (certificate.getBasicConstraints() >= 0
                || !CertificatePath.isFor(certificate, CertificatePath.CODE_SIGNING)) {
            throw new Unaccepted("its certificate is not for signing code");
        }
        if (!root.certificateLogs().isEmpty()) {
            CertificateTimestamps.check(certificate, authority.chain().get(0), root.certificateLogs());
        }
    }
}
