package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.util.Optional;

/**
 * Signs with a key that is read from its credentials for each signature and held no longer, for whoever signs may have to
 * wait long before that. It is used on the controller alone, and never sent or saved.
 *
 * @param signers of the build that may use the credentials
 * @param id of the credentials of the key
 * @param passwordId of those with its password, where it has one
 */
record CredentialsSigner(
        Signers signers, String id, @CheckForNull String passwordId) implements Signer {

    /** @throws ReleaseException if the build may not use the key, or nothing can be signed with it */
    Signer open() {
        try {
            return signers.ofKey(id, passwordId);
        } catch (IOException e) {
            throw new ReleaseException(
                    "The key of the credentials '" + Shown.of(id) + "' could not be read: "
                            + e.getClass().getSimpleName() + " " + Shown.of(String.valueOf(e.getMessage())) + ".",
                    "Check that Jenkins can read its own credentials, or give the key anew.",
                    e);
        }
    }

    @Override
    public Bundle attest(String payloadType, byte[] payload) throws InterruptedException {
        return open().attest(payloadType, payload);
    }

    @Override
    public Bundle sign(Blob message) throws IOException, InterruptedException {
        return open().sign(message);
    }

    @Override
    public String name() {
        return open().name();
    }

    @Override
    public Optional<Verifier> verifier() {
        return open().verifier();
    }
}
