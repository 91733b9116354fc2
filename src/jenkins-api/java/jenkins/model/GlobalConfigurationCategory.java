package jenkins.model;

import hudson.ExtensionPoint;
import hudson.model.ModelObject;

public abstract class GlobalConfigurationCategory implements ExtensionPoint, ModelObject {
    protected GlobalConfigurationCategory() {}

    public static native <T extends GlobalConfigurationCategory> T get(Class<T> type);
}
