package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InputStream;
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
final class Certificates {

    private Certificates() {}

    static SSLContext trustAlso(List<Path> files) {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (X509Certificate known : javasOwn()) {
                anchors.setCertificateEntry("java-" + anchors.size(), known);
            }
            for (Path file : files) {
                for (Certificate extra : read(file)) {
                    anchors.setCertificateEntry("extra-" + anchors.size(), extra);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(anchors), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java platform can hold trust anchors in memory", e);
        }
    }

    private static Collection<? extends Certificate> read(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(content);
            if (all.isEmpty()) {
                throw unreadable(file, "it holds none", null);
            }
            return all;
        } catch (IOException | GeneralSecurityException e) {
            throw unreadable(file, Shown.of(String.valueOf(e.getMessage())), e);
        }
    }

    private static ReleaseException unreadable(Path file, String reason, Throwable cause) {
        return new ReleaseException(
                "The certificates in " + file.getFileName() + " cannot be read: " + reason + ".",
                "Name a file with certificates in PEM form (-----BEGIN CERTIFICATE-----).",
                cause);
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
