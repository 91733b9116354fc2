package hudson.util;

import java.util.Map;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;

public class HttpResponses extends org.kohsuke.stapler.HttpResponses {
    public HttpResponses() {}

    public static native HttpResponse okJSON();

    public static native HttpResponse okJSON(JSONObject data);

    public static native HttpResponse okJSON(Map<?, ?> data);

    public static native HttpResponse errorJSON(String message);
}
