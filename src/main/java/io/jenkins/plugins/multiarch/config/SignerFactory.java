package io.jenkins.plugins.multiarch.config;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.multiarch.attest.Signer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs with one kind of credentials. Another plugin adds its own kind, such as a key that never leaves a key management
 * service, by an extension of this; the {@code attest} step then offers and takes it as its {@code keyCredentialsId}.
 */
public abstract class SignerFactory implements ExtensionPoint {

    /** The kind of credentials that it signs with. */
    public abstract Class<? extends StandardCredentials> kind();

    /**
     * A signer for the time of one step, which runs on the controller.
     *
     * @param credentials of this kind
     * @param password what opens an encrypted key; empty where the build gave none
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if nothing can be signed with them
     */
    public abstract Signer signer(StandardCredentials credentials, char[] password) throws IOException;

    /** All kinds of credentials that sign. */
    public static List<Class<? extends StandardCredentials>> kinds() {
        List<Class<? extends StandardCredentials>> kinds = new ArrayList<>();
        all().forEach(factory -> kinds.add(factory.kind()));
        return kinds;
    }

    /** The first that signs with these. */
    public static Optional<SignerFactory> of(StandardCredentials credentials) {
        return all().stream()
                .filter(factory -> factory.kind().isInstance(credentials))
                .findFirst();
    }

    private static ExtensionList<SignerFactory> all() {
        return ExtensionList.lookup(SignerFactory.class);
    }
}
