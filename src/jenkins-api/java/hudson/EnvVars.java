package hudson;

import java.util.Map;
import java.util.TreeMap;

public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 1L;

    public EnvVars() {}

    public EnvVars(Map<String, String> variables) {
        super(variables);
    }

    public EnvVars(EnvVars variables) {
        super(variables);
    }

    public EnvVars(String... keyValuePairs) {}

    public native String get(String key, String defaultValue);

    public native void override(String key, String value);

    public native EnvVars overrideAll(Map<String, String> all);

    public native String expand(String text);
}
