package io.jenkins.plugins.multiarch.registry;

/**
 * What came is not what was asked for: it has another digest or size than its descriptor says, or is longer than anything
 * that belongs there. The registry is well, and asking again brings the same.
 */
public final class WrongContentException extends RegistryException {
    private static final long serialVersionUID = 1L;

    public WrongContentException(String fact, String cure) {
        super(fact, cure, 0, "", false, null);
    }
}
