package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Trusts more certificate authorities than Java does, and none fewer. */
public final class Certificates {

    private Certificates() {}

    /**
     * A context for connections to whoever has a certificate of one of these authorities, or of one that Java trusts.
     *
     * @param files in PEM
     * @param texts in PEM
     * @throws ReleaseException if one of them cannot be read
     */
    public static SSLContext trustAlso(List<Path> files, List<String> texts) {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (X509Certificate known : javasOwn()) {
                anchors.setCertificateEntry("java-" + anchors.size(), known);
            }
            for (Path file : files) {
                add(read(file), anchors);
            }
            for (String text : texts) {
                add(read(text), anchors);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(anchors), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform can hold trust anchors in memory", e);
        }
    }

    private static void add(Collection<? extends Certificate> certificates, KeyStore anchors)
            throws GeneralSecurityException {
        for (Certificate extra : certificates) {
            anchors.setCertificateEntry("extra-" + anchors.size(), extra);
        }
    }

    private static Collection<? extends Certificate> read(Path file) {
        String name = "The certificates in " + file.getFileName();
        String cure = "Name a file with certificates in PEM form (-----BEGIN CERTIFICATE-----).";
        try (InputStream content = Files.newInputStream(file)) {
            return read(content, name, cure);
        } catch (IOException e) {
            throw unreadable(name, Shown.of(String.valueOf(e.getMessage())), cure, e);
        }
    }

    private static Collection<? extends Certificate> read(String text) {
        return read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                "The certificate text",
                "Give one or more certificates in PEM form (-----BEGIN CERTIFICATE-----).");
    }

    private static Collection<? extends Certificate> read(InputStream content, String name, String cure) {
        try {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(content);
            if (all.isEmpty()) {
                throw unreadable(name, "it holds none", cure, null);
            }
            return all;
        } catch (GeneralSecurityException e) {
            throw unreadable(name, Shown.of(String.valueOf(e.getMessage())), cure, e);
        }
    }

    private static ReleaseException unreadable(String name, String reason, String cure, Throwable cause) {
        return new ReleaseException(name + " cannot be read: " + reason + ".", cure, cause);
    }

    private static X509Certificate[] javasOwn() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }

    private static TrustManager[] managers(KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return factory.getTrustManagers();
    }
}
