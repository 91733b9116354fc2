package io.jenkins.plugins.multiarch.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.keyless.IdentityToken;
import io.jenkins.plugins.multiarch.attest.keyless.KeylessSigner;
import io.jenkins.plugins.multiarch.attest.keyless.SigningConfig;
import io.jenkins.plugins.multiarch.attest.keyless.SigningServices;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.config.JenkinsProxy;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.config.RegistryConfiguration;
import io.jenkins.plugins.multiarch.config.SignerFactory;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Those in whose name a build may sign. Keys and tokens are read on the controller, and stay there. */
record Signers(Run<?, ?> run, TaskListener listener) {
    /** The longest file that may hold a token, in bytes. */
    private static final int MAX_TOKEN = 1 << 16;

    /**
     * The one that a step names.
     *
     * @throws ReleaseException if it names none or both kinds, the build may not use it, or there is nothing to sign with
     */
    Signer signer(AttestStep step) throws IOException {
        refuseUnlessOne(step.getKeyCredentialsId(), step.getTokenCredentialsId());
        return step.getKeyCredentialsId() == null
                ? ofToken(step.getTokenCredentialsId())
                : ofKey(step.getKeyCredentialsId(), step.getKeyPasswordCredentialsId());
    }

    static void refuseUnlessOne(@CheckForNull String key, @CheckForNull String token) {
        if ((key == null) == (token == null)) {
            throw new ReleaseException(
                    "attest was not told what to sign with, or was told both a key and a token.",
                    "Give keyCredentialsId, as in keyCredentialsId: 'release-key', or tokenCredentialsId.");
        }
    }

    static void refusePasswordOfToken(@CheckForNull String password, @CheckForNull String token) {
        if (password != null && token != null) {
            throw new ReleaseException(
                    "attest was told the password of a key, and to sign in the name of a token.",
                    "Leave keyPasswordCredentialsId out.");
        }
    }

    /**
     * Who signs with a key.
     *
     * @param passwordId of the credentials with its password, where it has one
     * @throws ReleaseException if the build may not use it, or there is nothing to sign with
     */
    Signer ofKey(String id, @CheckForNull String passwordId) throws IOException {
        StandardCredentials found = find(id, StandardCredentials.class);
        char[] password = passwordId == null
                ? new char[0]
                : find(passwordId, StringCredentials.class)
                        .getSecret()
                        .getPlainText()
                        .toCharArray();
        Optional<SignerFactory> factory = SignerFactory.of(found);
        if (factory.isEmpty()) {
            throw new ReleaseException(
                    "Credentials '" + Shown.of(id) + "' are of the kind '"
                            + found.getDescriptor().getDisplayName() + "', which holds no key to sign with.",
                    "Give the id of a 'Signing key', of a 'Secret file' or a 'Secret text' with a key in PEM, or of a"
                            + " 'Certificate'.");
        }
        return factory.get().signer(found, password);
    }

    private Signer ofToken(String id) throws IOException {
        MultiArchConfiguration configured = MultiArchConfiguration.get();
        Optional<TrustedRoot> root = configured.sigstoreRoot();
        Optional<SigningConfig> services = configured.sigstoreServices();
        if (root.isEmpty() || services.isEmpty()) {
            throw new ReleaseException(
                    "No Sigstore instance is configured, which a token asks for.",
                    "Put its trusted_root.json and its signing_config.v0.2.json into the system configuration, or sign with"
                            + " a key.");
        }
        SigningServices chosen = services.get().at(Instant.now());
        return new KeylessSigner(
                IdentityToken.parse(token(id)),
                chosen,
                root.get(),
                http(chosen, configured),
                listener.getLogger()::println);
    }

    /** A private instance may have certificates of an authority that is configured for its hosts. */
    private static HttpClient.Builder http(SigningServices services, MultiArchConfiguration configured) {
        HttpClient.Builder http = HttpClient.newBuilder();
        List<String> certificates = services.hosts().stream()
                .flatMap(host -> configured.forHost(host).stream())
                .map(RegistryConfiguration::getCertificate)
                .filter(Objects::nonNull)
                .toList();
        if (!certificates.isEmpty()) {
            http.sslContext(Certificates.trustAlso(List.of(), certificates));
        }
        ProxySelector proxy = JenkinsProxy.of(Jenkins.get().getProxy());
        return proxy == null ? http : http.proxy(proxy);
    }

    private String token(String id) throws IOException {
        StandardCredentials found = find(id, StandardCredentials.class);
        if (found instanceof StringCredentials text) {
            return text.getSecret().getPlainText();
        }
        if (found instanceof FileCredentials file) {
            try (InputStream in = file.getContent()) {
                return new String(in.readNBytes(MAX_TOKEN), StandardCharsets.US_ASCII);
            }
        }
        throw new ReleaseException(
                "Credentials '" + Shown.of(id) + "' are of the kind '"
                        + found.getDescriptor().getDisplayName() + "', which holds no token.",
                "Give the id of an 'OpenID Connect id token', or of a 'Secret text' with one.");
    }

    private <C extends StandardCredentials> C find(String id, Class<C> kind) {
        C found = CredentialsProvider.findCredentialById(id, kind, run);
        if (found == null) {
            throw new ReleaseException(
                    "Credentials '" + Shown.of(id) + "' to sign with were not found: "
                            + run.getParent().getFullName() + " may use none with this id.",
                    "Create them where the job can see them: a 'Signing key' for a key, a 'Secret text' for its password, an"
                            + " 'OpenID Connect id token' for a token.");
        }
        CredentialsProvider.track(run, found);
        return found;
    }
}
