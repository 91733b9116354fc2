package hudson.scm;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Run;
import java.util.Map;

public abstract class SCM implements Describable<SCM>, ExtensionPoint {
    SCM() {}

    public native void buildEnvironment(Run<?, ?> build, Map<String, String> env);
}
