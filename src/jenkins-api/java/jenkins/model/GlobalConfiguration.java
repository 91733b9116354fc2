package jenkins.model;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

public abstract class GlobalConfiguration extends Descriptor<GlobalConfiguration>
        implements ExtensionPoint, Describable<GlobalConfiguration> {
    protected GlobalConfiguration() {}

    @Override
    public final native Descriptor<GlobalConfiguration> getDescriptor();

    @Override
    public native boolean configure(StaplerRequest2 request, JSONObject json) throws FormException;

    public static native ExtensionList<GlobalConfiguration> all();
}
