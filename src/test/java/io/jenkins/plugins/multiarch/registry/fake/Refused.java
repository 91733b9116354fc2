package io.jenkins.plugins.multiarch.registry.fake;

/** Ends the handling of a request with an error answer. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Response response;

    Refused(int status, String code, String message) {
        this(Response.error(status, code, message));
    }

    Refused(Response response) {
        super(null, null, false, false);
        this.response = response;
    }

    Response response() {
        return response;
    }
}
