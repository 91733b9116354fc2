package io.jenkins.plugins.multiarch.keys;

/**
 * Why something from outside does not hold: DER, a key, or the evidence made of them. Told to whoever asked for it, who words
 * the refusal or answers without the reason; it never reaches a user by itself.
 */
public final class Unaccepted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason continues "… is not accepted: ", without a full stop */
    public Unaccepted(String reason) {
        super(reason);
    }

    /** @param reason as in {@link #Unaccepted(String)} */
    public Unaccepted(String reason, Throwable cause) {
        super(reason, cause);
    }
}
