package hudson.util;

import hudson.model.ModelObject;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

public class ListBoxModel extends ArrayList<ListBoxModel.Option> implements HttpResponse {
    private static final long serialVersionUID = 1L;

    public static final class Option {
        public String name;
        public String value;
        public boolean selected;

        public Option(String name, String value, boolean selected) {}

        public Option(String name, String value) {}

        public Option(String name) {}
    }

    public ListBoxModel() {}

    public ListBoxModel(Collection<Option> options) {}

    public ListBoxModel(Option... options) {}

    public native void add(String displayName, String value);

    public native void add(ModelObject displayName, String value);

    public native ListBoxModel add(String nameAndValue);

    @Override
    public native void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException;
}
