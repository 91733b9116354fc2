package hudson.model;

import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.IOException;
import java.util.concurrent.ExecutorService;

public abstract class Computer extends Actionable implements AccessControlled {
    public static final ExecutorService threadPoolForRemoting = null;

    Computer() {}

    public abstract VirtualChannel getChannel();

    public native String getName();

    public native Node getNode();

    public native int getNumExecutors();

    public native boolean isOffline();

    public final native boolean isOnline();

    public abstract Boolean isUnix();

    public native EnvVars getEnvironment() throws IOException, InterruptedException;

    @Override
    public native ACL getACL();
}
