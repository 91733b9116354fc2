package io.jenkins.plugins.multiarch.config;

import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.Extension;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Signs with the kinds of credentials that hold a key themselves. It is read on the controller, and stays there. */
final class KeySigners {
    /** The longest text that may hold a key, in bytes. */
    private static final int MAX_KEY = 1 << 20;

    private KeySigners() {}

    /** Our own kind, which opens itself. */
    @Extension(ordinal = 1)
    public static final class OfSigningKey extends SignerFactory {
        @Override
        public Class<SigningKeyCredentials> kind() {
            return SigningKeyCredentials.class;
        }

        @Override
        public Signer signer(StandardCredentials credentials, char[] password) {
            return new KeySigner(((SigningKeyCredentials) credentials).signingKey());
        }
    }

    /** A 'Secret file' with a key in PEM. */
    @Extension
    public static final class OfFile extends SignerFactory {
        @Override
        public Class<FileCredentials> kind() {
            return FileCredentials.class;
        }

        @Override
        public Signer signer(StandardCredentials credentials, char[] password) throws IOException {
            try (InputStream in = ((FileCredentials) credentials).getContent()) {
                return new KeySigner(PrivateKeys.read(in.readNBytes(MAX_KEY), password));
            }
        }
    }

    /** A 'Secret text' with a key in PEM. */
    @Extension
    public static final class OfText extends SignerFactory {
        @Override
        public Class<StringCredentials> kind() {
            return StringCredentials.class;
        }

        @Override
        public Signer signer(StandardCredentials credentials, char[] password) {
            String text = ((StringCredentials) credentials).getSecret().getPlainText();
            return new KeySigner(PrivateKeys.read(text.getBytes(StandardCharsets.UTF_8), password));
        }
    }

    /** A 'Certificate', for its key alone. */
    @Extension
    public static final class OfCertificate extends SignerFactory {
        @Override
        public Class<StandardCertificateCredentials> kind() {
            return StandardCertificateCredentials.class;
        }

        @Override
        public Signer signer(StandardCredentials credentials, char[] password) {
            StandardCertificateCredentials certificate = (StandardCertificateCredentials) credentials;
            return new KeySigner(KeyStoreKey.read(
                    certificate.getKeyStore(),
                    certificate.getPassword().getPlainText().toCharArray()));
        }
    }
}
