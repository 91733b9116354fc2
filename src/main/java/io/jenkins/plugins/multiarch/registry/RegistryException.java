package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.ReleaseException;

/**
 * A registry's answer that is no use, or none: what was asked ({@code PUT ghcr.io/v2/acme/app/manifests/1.4}), what came
 * back, and whether asking again may help.
 */
public class RegistryException extends ReleaseException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final boolean retryable;

    /**
     * @param status the HTTP status, or 0 where there was no answer
     * @param code the registry's first error code such as {@code DENIED}, or empty
     */
    public RegistryException(String fact, String cure, int status, String code, boolean retryable, Throwable cause) {
        super(fact, cure, cause);
        this.status = status;
        this.code = code;
        this.retryable = retryable;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean isRetryable() {
        return retryable;
    }

    /** Whether the registry said that it has no such function, or has it switched off. */
    public boolean isUnsupported() {
        return status == 405 || status == 501 || code.equals("UNSUPPORTED");
    }
}
