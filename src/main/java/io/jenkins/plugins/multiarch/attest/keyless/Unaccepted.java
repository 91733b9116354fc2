package io.jenkins.plugins.multiarch.attest.keyless;

/** Why a piece of evidence does not hold, told to {@link KeylessVerifier}, which words the refusal. */
final class Unaccepted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason continues "… is not accepted: ", without a full stop */
    Unaccepted(String reason) {
        super(reason);
    }

    Unaccepted(String reason, Throwable cause) {
        super(reason, cause);
    }
}
