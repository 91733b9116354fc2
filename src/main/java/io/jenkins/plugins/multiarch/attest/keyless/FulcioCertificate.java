package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.Der;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import io.jenkins.plugins.multiarch.keys.X509;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** A certificate of minutes for an identity, with Fulcio's extensions (fulcio, {@code docs/oid-info.md}). */
record FulcioCertificate(X509Certificate certificate, String subject, String issuer) {
    private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";
    private static final String OLD_ISSUER = "1.3.6.1.4.1.57264.1.1";
    private static final String NAME = "1.3.6.1.4.1.57264.1.7";
    private static final int OTHER = 0;
    private static final int MAIL = 1;
    private static final int ADDRESS = 6;
    private static final int CONTEXT_0 = 0xa0;

    static FulcioCertificate read(byte[] der) {
        X509Certificate certificate = X509.read(der);
        return new FulcioCertificate(certificate, readSubject(certificate), readIssuer(certificate));
    }

    private static String readIssuer(X509Certificate certificate) {
        byte[] issuer = certificate.getExtensionValue(ISSUER);
        if (issuer != null) {
            return Der.parse(Der.parse(issuer).content())
                    .expect(Der.UTF8_STRING)
                    .text();
        }
        byte[] old = certificate.getExtensionValue(OLD_ISSUER);
        if (old == null) {
            throw new Unaccepted("its certificate names no issuer of identities");
        }
        return new String(Der.parse(old).content(), StandardCharsets.UTF_8);
    }

    private static String readSubject(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null || names.size() != 1) {
                throw new Unaccepted("its certificate does not name exactly one subject");
            }
            List<?> name = names.iterator().next();
            return switch ((Integer) name.get(0)) {
                case MAIL, ADDRESS -> (String) name.get(1);
                case OTHER -> other((byte[]) name.get(1));
                default -> throw new Unaccepted("its certificate names its subject in an unknown way");
            };
        } catch (CertificateParsingException e) {
            throw new Unaccepted("the subject of its certificate cannot be read", e);
        }
    }

    /** A user name, as Fulcio writes those that are no address. */
    private static String other(byte[] name) {
        Der named = Der.parse(name);
        if (!named.child(0).oid().equals(NAME)) {
            throw new Unaccepted("its certificate names its subject in an unknown way");
        }
        Der value = named.child(1);
        while (value.is(CONTEXT_0)) {
            value = value.child(0);
        }
        return value.expect(Der.UTF8_STRING).text();
    }

    TrustedKey key() {
        return TrustedKey.ofOneScheme(certificate.getPublicKey())
                .orElseThrow(() -> new Unaccepted("its certificate has a key that cannot be used"));
    }

    /** The identity, for people, and whole, since nobody else has it: of a certificate that was verified. */
    @Override
    public String toString() {
        return Shown.plain(subject) + " (" + Shown.plain(issuer) + ")";
    }
}
