package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.Serializable;
import java.util.Optional;

/** The credentials of the key that signs receipts, where a step names one. Only their ids are known here. */
final class ReceiptKey implements Serializable {
    private static final long serialVersionUID = 1L;

    private final @CheckForNull String id;
    private final @CheckForNull String passwordId;

    ReceiptKey(@CheckForNull String id, @CheckForNull String passwordId) {
        this.id = id;
        this.passwordId = passwordId;
    }

    /**
     * @param function the step, for the refusal
     * @throws ReleaseException if there is a password, and no key that it opens
     */
    void refusePasswordAlone(String function) {
        if (id == null && passwordId != null) {
            throw new ReleaseException(
                    function + " was told the password of a key for receipts, and no key.",
                    "Give receiptKeyCredentialsId too, or leave receiptKeyPasswordCredentialsId out.");
        }
    }

    /** Who signs the receipts of a build; nobody where they are left unsigned. */
    Optional<CredentialsSigner> signer(Run<?, ?> run, TaskListener listener) {
        return Optional.ofNullable(id).map(key -> new CredentialsSigner(new Signers(run, listener), key, passwordId));
    }
}
