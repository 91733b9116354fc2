package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.keys.Der;
import io.jenkins.plugins.multiarch.keys.DerWriter;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import io.jenkins.plugins.multiarch.keys.X509;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out whether a timestamp authority of a trusted root signed a timestamp (RFC 3161, 2.3 and 2.4; RFC 5816). */
final class TimestampCheck {
    private static final String CONTENT_TYPE = "1.2.840.113549.1.9.3";
    private static final String MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    private static final String SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    private static final String SIGNING_CERTIFICATE_2 = "1.2.840.113549.1.9.16.2.47";
    private static final String TIMESTAMP_INFO = "1.2.840.113549.1.9.16.1.4";
    private static final String KEY_ID = "2.5.29.14";
    private static final String KEY_USAGES = "2.5.29.37";
    private static final int CONTEXT_0_PRIMITIVE = 0x80;

    private final List<CertificateAuthority> authorities;

    TimestampCheck(List<CertificateAuthority> authorities) {
        this.authorities = authorities;
    }

    /** The time at which, as a trusted authority says, this signature was there. */
    Instant time(byte[] answer, byte[] signature) {
        Timestamp timestamp = Timestamp.read(answer);
        timestamp.info().requireOf(signature);
        requireWhole(timestamp);
        Unaccepted last = new Unaccepted("the trusted root has no timestamp authority");
        for (CertificateAuthority authority : authorities) {
            try {
                requireSigned(timestamp, authority);
                return timestamp.info().time();
            } catch (Unaccepted e) {
                last = e;
            }
        }
        throw last;
    }

    /** The signed attributes must be about this content. */
    private static void requireWhole(Timestamp timestamp) {
        boolean typed = timestamp
                .attribute(CONTENT_TYPE)
                .filter(type -> type.oid().equals(TIMESTAMP_INFO))
                .isPresent();
        boolean digested = timestamp
                .attribute(MESSAGE_DIGEST)
                .filter(digest -> Arrays.equals(digest.content(), Hashes.of(timestamp.hash(), timestamp.content())))
                .isPresent();
        if (!typed || !digested) {
            throw new Unaccepted("the timestamp was changed after it was signed");
        }
    }

    private static void requireSigned(Timestamp timestamp, CertificateAuthority authority) {
        Instant time = timestamp.info().time();
        if (!authority.validFor().contains(time)) {
            throw new Unaccepted("the timestamp authority was not trusted at " + time);
        }
        X509Certificate signer = signer(timestamp, authority)
                .orElseThrow(() -> new Unaccepted("the timestamp is by no authority of the trusted root"));
        CertificatePath.validate(CertificatePath.of(signer, authority), authority.anchor(), time);
        if (!isForTimestampsOnly(signer)) {
            throw new Unaccepted("the timestamp's certificate is not for timestamps");
        }
        requireNamed(timestamp, signer);
        byte[] attributes = DerWriter.element(Der.SET, timestamp.attributes().content());
        if (!timestamp.scheme().verifies(signer.getPublicKey(), timestamp.signature(), attributes)) {
            throw new Unaccepted("the timestamp's signature is wrong");
        }
    }

    /** The authority's own certificate where the trusted root has it, else the one in the answer. */
    private static Optional<X509Certificate> signer(Timestamp timestamp, CertificateAuthority authority) {
        X509Certificate first = authority.chain().get(0);
        Stream<X509Certificate> candidates =
                first.getBasicConstraints() < 0 ? Stream.of(first) : timestamp.certificates().stream();
        return candidates
                .filter(certificate -> isNamed(timestamp.signerId(), certificate))
                .findFirst();
    }

    private static boolean isNamed(Der id, X509Certificate certificate) {
        if (id.is(CONTEXT_0_PRIMITIVE)) {
            byte[] keyId = certificate.getExtensionValue(KEY_ID);
            return keyId != null
                    && Arrays.equals(Der.parse(Der.parse(keyId).content()).content(), id.content());
        }
        return Arrays.equals(
                        certificate.getIssuerX500Principal().getEncoded(),
                        id.child(0).encoded())
                && certificate.getSerialNumber().equals(id.child(1).integer());
    }

    private static boolean isForTimestampsOnly(X509Certificate signer) {
        return CertificatePath.isFor(signer, CertificatePath.TIME_STAMPING)
                && signer.getCriticalExtensionOIDs().contains(KEY_USAGES);
    }

    /** The signed attributes must name the certificate, so that nobody puts another with the same key in its place. */
    private static void requireNamed(Timestamp timestamp, X509Certificate signer) {
        byte[] der = X509.encoded(signer);
        boolean named = timestamp
                .attribute(SIGNING_CERTIFICATE_2)
                .map(value -> {
                    Der id = value.child(0).child(0);
                    boolean withHash = id.child(0).is(Der.SEQUENCE);
                    String hash = withHash ? TimestampInfo.hash(id.child(0)) : "SHA-256";
                    return Arrays.equals(id.child(withHash ? 1 : 0).content(), Hashes.of(hash, der));
                })
                .or(() -> timestamp
                        .attribute(SIGNING_CERTIFICATE)
                        .map(value ->
                                Arrays.equals(value.child(0).child(0).child(0).content(), Hashes.of("SHA-1", der))))
                .orElse(false);
        if (!named) {
            throw new Unaccepted("the timestamp does not name its certificate");
        }
    }
}
