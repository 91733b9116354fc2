package io.jenkins.plugins.multiarch.attest.keyless;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** DER as text (RFC 7468), as Fulcio and Rekor send certificates and keys. */
final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final int LINE = 64;

    private Pem() {}

    /** The DER of a text that is one certificate. */
    static byte[] certificate(String text) {
        String begin = "-----BEGIN " + CERTIFICATE + "-----";
        String end = "-----END " + CERTIFICATE + "-----";
        String pem = text.strip();
        if (!pem.startsWith(begin) || !pem.endsWith(end)) {
            throw new Unaccepted("where a certificate belongs is none");
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(begin.length(), pem.length() - end.length()));
        } catch (IllegalArgumentException e) {
            throw new Unaccepted("where a certificate belongs is none", e);
        }
    }

    static String ofCertificate(byte[] der) {
        return of(CERTIFICATE, der);
    }

    static String ofPublicKey(byte[] der) {
        return of("PUBLIC KEY", der);
    }

    private static String of(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }
}
