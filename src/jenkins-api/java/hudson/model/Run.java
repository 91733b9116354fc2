package hudson.model;

import hudson.EnvVars;
import hudson.ExtensionPoint;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import java.io.File;
import java.io.IOException;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import jenkins.model.ArtifactManager;

public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements ExtensionPoint, Comparable<RunT>, AccessControlled, PersistenceRoot {
    public static final PermissionGroup PERMISSIONS = null;
    public static final Permission DELETE = null;
    public static final Permission UPDATE = null;
    public static final Permission ARTIFACTS = null;

    protected Run(JobT job) throws IOException {}

    @Override
    public native int compareTo(RunT that);

    public native JobT getParent();

    public native int getNumber();

    public native String getId();

    public native String getUrl();

    public native String getExternalizableId();

    @Override
    public native String getDisplayName();

    public native String getFullDisplayName();

    public native Result getResult();

    public native void setResult(Result result);

    public native boolean isBuilding();

    public native long getDuration();

    public final native Date getTime();

    public final native long getTimeInMillis();

    public final native long getStartTimeInMillis();

    public native Calendar getTimestamp();

    public native List<Cause> getCauses();

    public native <T extends Cause> T getCause(Class<T> type);

    public native RunT getPreviousBuild();

    public native EnvVars getEnvironment(TaskListener listener) throws IOException, InterruptedException;

    public final native ArtifactManager getArtifactManager();

    public final synchronized native ArtifactManager pickArtifactManager() throws IOException;

    @Override
    public native File getRootDir();

    @Override
    public native ACL getACL();

    @Override
    public synchronized native void save() throws IOException;

    public static native Run<?, ?> fromExternalizableId(String id);
}
