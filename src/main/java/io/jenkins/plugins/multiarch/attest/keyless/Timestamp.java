package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.keys.Der;
import io.jenkins.plugins.multiarch.keys.SignatureScheme;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import io.jenkins.plugins.multiarch.keys.X509;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The answer of a timestamp authority (RFC 3161, {@code TimeStampResp}): a {@link TimestampInfo}, signed as CMS does (RFC
 * 5652, {@code SignedData}).
 *
 * @param certificates those in the answer, which help and are not trusted
 * @param attributes of the signer, which are what is signed
 */
record Timestamp(
        byte[] content,
        TimestampInfo info,
        List<X509Certificate> certificates,
        Der signerId,
        String hash,
        Der attributes,
        SignatureScheme scheme,
        byte[] signature) {

    private static final String SIGNED_DATA = "1.2.840.113549.1.7.2";
    private static final String TIMESTAMP_INFO = "1.2.840.113549.1.9.16.1.4";
    /** With or without changes that the authority made. */
    private static final Set<BigInteger> GRANTED = Set.of(BigInteger.ZERO, BigInteger.ONE);

    private static final int CONTEXT_0 = 0xa0;
    private static final int SIGNER_FIELDS = 6;

    /** Reads an answer; says nothing yet about who gave it. */
    static Timestamp read(byte[] answer) {
        List<Der> parts = Der.parse(answer).expect(Der.SEQUENCE).children();
        if (parts.size() < 2 || !GRANTED.contains(parts.get(0).child(0).integer())) {
            throw new Unaccepted("the timestamp authority gave no timestamp");
        }
        Der signed = content(parts.get(1), SIGNED_DATA);
        List<Der> fields = signed.expect(Der.SEQUENCE).children();
        byte[] content = content(signed.child(2), TIMESTAMP_INFO)
                .expect(Der.OCTET_STRING)
                .content();
        List<Der> signers = fields.get(fields.size() - 1).expect(Der.SET).children();
        if (signers.size() != 1) {
            throw new Unaccepted("the timestamp has " + signers.size() + " signers instead of one");
        }
        List<Der> signer = signers.get(0).expect(Der.SEQUENCE).children();
        if (signer.size() < SIGNER_FIELDS) {
            throw new Unaccepted("the timestamp has no signed attributes");
        }
        return new Timestamp(
                content,
                TimestampInfo.read(content),
                certificates(fields),
                signer.get(1),
                TimestampInfo.hash(signer.get(2)),
                signer.get(3).expect(CONTEXT_0),
                SignatureAlgorithms.scheme(signer.get(4), TimestampInfo.hash(signer.get(2))),
                signer.get(5).expect(Der.OCTET_STRING).content());
    }

    /** The content of a ContentInfo of this type (RFC 5652, 3). */
    private static Der content(Der info, String type) {
        if (!info.expect(Der.SEQUENCE).child(0).oid().equals(type)) {
            throw new Unaccepted("the timestamp is none");
        }
        return info.child(1).expect(CONTEXT_0).child(0);
    }

    private static List<X509Certificate> certificates(List<Der> fields) {
        List<X509Certificate> certificates = new ArrayList<>();
        fields.stream()
                .filter(field -> field.is(CONTEXT_0))
                .flatMap(field -> field.children().stream())
                .filter(certificate -> certificate.is(Der.SEQUENCE))
                .forEach(certificate -> certificates.add(X509.read(certificate.encoded())));
        return certificates;
    }

    /** The value of one of the signed attributes. */
    Optional<Der> attribute(String type) {
        return attributes.children().stream()
                .filter(attribute -> attribute.child(0).oid().equals(type))
                .findFirst()
                .map(attribute -> attribute.child(1).expect(Der.SET).child(0));
    }
}
