package hudson.util;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collection;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

public abstract class FormValidation extends IOException implements HttpResponse {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        OK,
        WARNING,
        ERROR
    }

    public final Kind kind;

    FormValidation(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public static native FormValidation ok();

    public static native FormValidation ok(String message);

    public static native FormValidation ok(String format, Object... arguments);

    public static native FormValidation okWithMarkup(String message);

    public static native FormValidation warning(String message);

    public static native FormValidation warning(String format, Object... arguments);

    public static native FormValidation error(String message);

    public static native FormValidation error(String format, Object... arguments);

    public static native FormValidation error(Throwable cause, String message);

    public static native FormValidation aggregate(Collection<FormValidation> validations);

    public static native FormValidation validateRequired(String value);

    public static native FormValidation validatePositiveInteger(String value);

    public static native FormValidation validateNonNegativeInteger(String value);

    public abstract String renderHtml();

    @Override
    public native void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException;
}
