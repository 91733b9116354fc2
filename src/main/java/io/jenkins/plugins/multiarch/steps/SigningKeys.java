package io.jenkins.plugins.multiarch.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.PrivateKeys;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Collections;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The keys that a build may sign with. They are read on the controller, and stay there. */
record SigningKeys(Run<?, ?> run) {
    /** The longest text that may hold a key, in bytes. */
    private static final int MAX_KEY = 1 << 20;

    /**
     * A signer with the key of these credentials.
     *
     * @param id of a 'Secret file' or 'Secret text' with a key in PEM, or of a 'Certificate'
     * @param passwordId of a 'Secret text' that opens the key, or null where it is not encrypted
     * @throws ReleaseException if the build may not use one, or there is no key in it
     */
    Signer signer(String id, @CheckForNull String passwordId) throws IOException {
        return new KeySigner(key(id, passwordId == null ? new char[0] : password(passwordId)));
    }

    private SigningKey key(String id, char[] password) throws IOException {
        StandardCredentials found = find(id, StandardCredentials.class);
        if (found instanceof FileCredentials file) {
            try (InputStream in = file.getContent()) {
                return PrivateKeys.read(in.readNBytes(MAX_KEY), password);
            }
        }
        if (found instanceof StringCredentials text) {
            return PrivateKeys.read(text.getSecret().getPlainText().getBytes(StandardCharsets.UTF_8), password);
        }
        if (found instanceof StandardCertificateCredentials certificate) {
            return PrivateKeys.of(keyOf(certificate));
        }
        throw new ReleaseException(
                "Credentials '" + Shown.of(id) + "' are of the kind '"
                        + found.getDescriptor().getDisplayName() + "', which holds no key to sign with.",
                "Give the id of a 'Secret file' or a 'Secret text' with a key in PEM, or of a 'Certificate'.");
    }

    private static @CheckForNull Key keyOf(StandardCertificateCredentials certificate) {
        KeyStore store = certificate.getKeyStore();
        char[] password = certificate.getPassword().getPlainText().toCharArray();
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return store.getKey(alias, password);
                }
            }
            return null;
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private char[] password(String id) {
        return find(id, StringCredentials.class).getSecret().getPlainText().toCharArray();
    }

    private <C extends StandardCredentials> C find(String id, Class<C> kind) {
        C found = CredentialsProvider.findCredentialById(id, kind, run);
        if (found == null) {
            throw new ReleaseException(
                    "Credentials '" + Shown.of(id) + "' to sign with were not found: "
                            + run.getParent().getFullName() + " may use none with this id.",
                    "Create them where the job can see them: a 'Secret file' for a key, a 'Secret text' for a password.");
        }
        CredentialsProvider.track(run, found);
        return found;
    }
}
