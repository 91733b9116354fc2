package io.jenkins.plugins.multiarch.registry.fake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority nobody knows, and a certificate of it for {@code localhost} and {@code 127.0.0.1} (RFC 5280),
 * good for a day and made once in a Java machine.
 */
final class Certificates {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier("2a8648ce3d040302"));
    private static final byte[] COMMON_NAME = Der.identifier("550403");
    private static final byte[] BASIC_CONSTRAINTS = Der.identifier("551d13");
    private static final byte[] ALTERNATIVE_NAMES = Der.identifier("551d11");
    private static final String AUTHORITY = "Fake Registry Test Authority";
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static Certificates shared;

    private final SSLContext server;
    private final String authority;

    private Certificates(SSLContext server, String authority) {
        this.server = server;
        this.authority = authority;
    }

    static synchronized Certificates shared() throws IOException {
        if (shared == null) {
            try {
                shared = make();
            } catch (GeneralSecurityException e) {
                throw new IOException("no certificate could be made", e);
            }
        }
        return shared;
    }

    SSLContext server() {
        return server;
    }

    /** The authority's certificate in PEM. */
    String authority() {
        return authority;
    }

    private static Certificates make() throws GeneralSecurityException, IOException {
        KeyPair root = keys();
        KeyPair leaf = keys();
        byte[] constraints = Der.sequence(BASIC_CONSTRAINTS, Der.truth(), Der.octets(Der.sequence(Der.truth())));
        byte[] names = Der.sequence(
                ALTERNATIVE_NAMES,
                Der.octets(Der.sequence(
                        Der.numbered(2, "localhost".getBytes(StandardCharsets.US_ASCII)),
                        Der.numbered(7, new byte[] {127, 0, 0, 1}))));
        byte[] authority = certificate(1, AUTHORITY, root.getPublic(), constraints, root.getPrivate());
        byte[] server = certificate(2, "localhost", leaf.getPublic(), names, root.getPrivate());
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority)
                + "\n-----END CERTIFICATE-----\n";
        return new Certificates(context(leaf.getPrivate(), server), pem);
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] certificate(int serial, String subject, PublicKey key, byte[] extension, PrivateKey signer)
            throws GeneralSecurityException {
        Instant now = Instant.now();
        byte[] validity = Der.sequence(
                Der.time(UTC_TIME.format(now.minus(Duration.ofHours(1)))),
                Der.time(UTC_TIME.format(now.plus(Duration.ofDays(1)))));
        byte[] signed = Der.sequence(
                Der.wrapped(0, Der.integer(2)),
                Der.integer(serial),
                ECDSA_WITH_SHA256,
                name(AUTHORITY),
                validity,
                name(subject),
                key.getEncoded(),
                Der.wrapped(3, Der.sequence(extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(signed);
        return Der.sequence(signed, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(commonName))));
    }

    private static SSLContext context(PrivateKey key, byte[] certificate) throws GeneralSecurityException, IOException {
        Certificate parsed =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", key, new char[0], new Certificate[] {parsed});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
