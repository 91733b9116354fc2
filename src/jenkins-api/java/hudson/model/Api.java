package hudson.model;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

public class Api {
    public Api(Object bean) {}

    public void doJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {}
}
