package io.jenkins.plugins.multiarch.keys;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Certificates of RFC 5280 as bytes. */
public final class X509 {

    private X509() {}

    /** @throws Unaccepted if the bytes are not one certificate in DER */
    public static X509Certificate read(byte[] der) {
        Der.parse(der);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new Unaccepted("a certificate in it cannot be read", e);
        }
    }

    /** The DER of a certificate that was read. */
    public static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }
}
