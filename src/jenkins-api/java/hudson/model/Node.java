package hudson.model;

import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.Launcher;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;

public abstract class Node implements Describable<Node>, ExtensionPoint, AccessControlled, ModelObject {
    public Node() {}

    public abstract String getNodeName();

    @Override
    public native String getDisplayName();

    public abstract String getLabelString();

    public abstract int getNumExecutors();

    public final native Computer toComputer();

    public final native VirtualChannel getChannel();

    public abstract FilePath getRootPath();

    public abstract Launcher createLauncher(TaskListener listener);

    @Override
    public native ACL getACL();
}
