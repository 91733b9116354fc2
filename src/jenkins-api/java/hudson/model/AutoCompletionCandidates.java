package hudson.model;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

public class AutoCompletionCandidates implements HttpResponse {
    public AutoCompletionCandidates() {}

    public native AutoCompletionCandidates add(String value);

    public native AutoCompletionCandidates add(String... values);

    public native List<String> getValues();

    @Override
    public native void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException;
}
