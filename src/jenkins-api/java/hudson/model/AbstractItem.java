package hudson.model;

import hudson.security.ACL;
import java.io.File;
import java.io.IOException;

public abstract class AbstractItem extends Actionable implements Item {
    protected AbstractItem(ItemGroup parent, String name) {}

    @Override
    public native ItemGroup getParent();

    @Override
    public native String getName();

    @Override
    public native String getDisplayName();

    @Override
    public native File getRootDir();

    @Override
    public final native String getFullName();

    @Override
    public final native String getFullDisplayName();

    @Override
    public final native String getUrl();

    public final native String getAbsoluteUrl();

    @Override
    public native ACL getACL();

    @Override
    public synchronized native void save() throws IOException;
}
