package hudson.model;

import hudson.XmlFile;
import hudson.security.Permission;
import jakarta.servlet.ServletException;
import java.io.IOException;
import jenkins.model.GlobalConfigurationCategory;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

public abstract class Descriptor<T extends Describable<T>> implements Saveable {
    public static final class FormException extends Exception implements HttpResponse {
        private static final long serialVersionUID = 1L;

        public FormException(String message, String formField) {
            super(message);
        }

        public FormException(String message, Throwable cause, String formField) {
            super(message, cause);
        }

        public native String getFormField();

        @Override
        public native void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
                throws IOException, ServletException;
    }

    public final transient Class<? extends T> clazz;

    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz;
    }

    protected Descriptor() {
        this.clazz = null;
    }

    public native String getDisplayName();

    public native String getId();

    public native T newInstance(StaplerRequest2 request, JSONObject formData) throws FormException;

    public native boolean configure(StaplerRequest2 request, JSONObject json) throws FormException;

    public native GlobalConfigurationCategory getCategory();

    public native Permission getRequiredGlobalConfigPagePermission();

    public native String getHelpFile(String fieldName);

    @Override
    public synchronized native void save();

    public synchronized native void load();

    protected native XmlFile getConfigFile();
}
