package org.kohsuke.stapler;

public class HttpResponses {
    public HttpResponses() {}

    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {
        private static final long serialVersionUID = 1L;

        public HttpResponseException() {}
    }

    public static native HttpResponseException ok();

    public static native HttpResponseException notFound();

    public static native HttpResponseException forbidden();

    public static native HttpResponseException status(int code);

    public static native HttpResponseException error(int code, String message);

    public static native ForwardToView forwardToView(Object it, String view);

    public static native HttpResponse text(String text);
}
