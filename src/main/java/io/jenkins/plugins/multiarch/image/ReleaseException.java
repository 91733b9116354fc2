package io.jenkins.plugins.multiarch.image;

/**
 * A refusal that its reader can act on: what is wrong and why, then what to do about it.
 *
 * <p>The message is {@code fact + " " + cure}; both are whole sentences and neither holds a secret.
 */
public class ReleaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String fact;
    private final String cure;

    public ReleaseException(String fact, String cure) {
        this(fact, cure, null);
    }

    public ReleaseException(String fact, String cure, Throwable cause) {
        super(fact + " " + cure, cause);
        this.fact = fact;
        this.cure = cure;
    }

    /** What is wrong, and why. */
    public String fact() {
        return fact;
    }

    /** What the reader can do about it. */
    public String cure() {
        return cure;
    }
}
