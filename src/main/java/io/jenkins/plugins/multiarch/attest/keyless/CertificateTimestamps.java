package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.keys.Der;
import io.jenkins.plugins.multiarch.keys.DerWriter;
import io.jenkins.plugins.multiarch.keys.SignatureScheme;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The promises of certificate logs, inside a certificate, that they hold it (RFC 6962, 3.2 and 3.3). They make it
 * impossible for an authority to issue a certificate unseen.
 */
final class CertificateTimestamps {
    private static final String EXTENSION = "1.3.6.1.4.1.11129.2.4.2";
    private static final int TBS_EXTENSIONS = 0xa3;
    private static final byte VERSION_1 = 0;
    private static final byte CERTIFICATE_TIMESTAMP = 0;
    private static final short PRECERTIFICATE = 1;
    private static final int LOG_ID = 32;
    /** Of TLS 1.2, SignatureAndHashAlgorithm: SHA-256 (4) with RSA (1) or ECDSA (3). */
    private static final Map<Integer, SignatureScheme> SCHEMES =
            Map.of(0x0401, SignatureScheme.SHA256_WITH_RSA, 0x0403, SignatureScheme.SHA256_WITH_ECDSA);

    private record Promise(byte[] logId, long time, byte[] extensions, int algorithm, byte[] signature) {}

    private CertificateTimestamps() {}

    /** Refuses a certificate that none of these logs promised to hold. */
    static void check(X509Certificate certificate, X509Certificate issuer, List<TransparencyLog> logs) {
        byte[] extension = certificate.getExtensionValue(EXTENSION);
        if (extension == null) {
            throw new Unaccepted("its certificate is in no certificate log");
        }
        byte[] list = Der.parse(Der.parse(extension).expect(Der.OCTET_STRING).content())
                .expect(Der.OCTET_STRING)
                .content();
        byte[] issuerKey = Hashes.sha256(issuer.getPublicKey().getEncoded());
        byte[] precertificate = precertificate(certificate);
        boolean promised = read(list).stream()
                .anyMatch(promise -> logs.stream().anyMatch(log -> holds(promise, log, issuerKey, precertificate)));
        if (!promised) {
            throw new Unaccepted("no certificate log that is trusted promised to hold its certificate");
        }
    }

    private static boolean holds(Promise promise, TransparencyLog log, byte[] issuerKey, byte[] precertificate) {
        SignatureScheme scheme = SCHEMES.get(promise.algorithm());
        return scheme != null
                && log.id().equals(LogId.of(promise.logId()))
                && log.validFor().contains(Instant.ofEpochMilli(promise.time()))
                && log.key().verifies(scheme, promise.signature(), signed(promise, issuerKey, precertificate));
    }

    private static byte[] signed(Promise promise, byte[] issuerKey, byte[] precertificate) {
        return ByteBuffer.allocate(17 + issuerKey.length + precertificate.length + promise.extensions().length)
                .put(VERSION_1)
                .put(CERTIFICATE_TIMESTAMP)
                .putLong(promise.time())
                .putShort(PRECERTIFICATE)
                .put(issuerKey)
                .put((byte) (precertificate.length >> 16))
                .putShort((short) precertificate.length)
                .put(precertificate)
                .putShort((short) promise.extensions().length)
                .put(promise.extensions())
                .array();
    }

    private static List<Promise> read(byte[] list) {
        try {
            ByteBuffer all = ByteBuffer.wrap(vector(ByteBuffer.wrap(list)));
            List<Promise> promises = new ArrayList<>();
            while (all.hasRemaining()) {
                ByteBuffer one = ByteBuffer.wrap(vector(all));
                if (one.get() == VERSION_1) {
                    promises.add(promise(one));
                }
            }
            return promises;
        } catch (BufferUnderflowException e) {
            throw new Unaccepted("the certificate logs' promises in its certificate are cut off", e);
        }
    }

    private static Promise promise(ByteBuffer one) {
        byte[] logId = new byte[LOG_ID];
        one.get(logId);
        return new Promise(logId, one.getLong(), vector(one), Short.toUnsignedInt(one.getShort()), vector(one));
    }

    /** The bytes behind a length of 16 bits. */
    private static byte[] vector(ByteBuffer from) {
        int length = Short.toUnsignedInt(from.getShort());
        if (length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    /** The certificate as the log saw it: the part that is signed, without the promises. */
    private static byte[] precertificate(X509Certificate certificate) {
        try {
            List<Der> parts = Der.parse(certificate.getTBSCertificate()).children();
            return DerWriter.sequence(parts.stream()
                    .map(part -> part.is(TBS_EXTENSIONS) ? withoutPromises(part) : part.encoded())
                    .toArray(byte[][]::new));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    private static byte[] withoutPromises(Der extensions) {
        byte[][] others = extensions.child(0).children().stream()
                .filter(extension -> !extension.child(0).oid().equals(EXTENSION))
                .map(Der::encoded)
                .toArray(byte[][]::new);
        return DerWriter.element(TBS_EXTENSIONS, DerWriter.sequence(others));
    }
}
