package jenkins.model;

import hudson.DescriptorExtensionList;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.ProxyConfiguration;
import hudson.model.Computer;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.Permission;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.Authentication;

public class Jenkins extends Node implements ItemGroup<TopLevelItem> {
    public static final Permission ADMINISTER = null;
    public static final Permission MANAGE = null;
    public static final Permission SYSTEM_READ = null;
    public static final Permission READ = null;

    public static String VERSION;

    Jenkins() {}

    public static native Jenkins get() throws IllegalStateException;

    public static native Jenkins getInstanceOrNull();

    public static native Authentication getAuthentication2();

    public native boolean isTerminating();

    public native String getRootUrl() throws IllegalStateException;

    public native ProxyConfiguration getProxy();

    public native Node getNode(String name);

    public native List<Node> getNodes();

    public native Computer getComputer(String name);

    public native Descriptor getDescriptor(Class<? extends Describable> type);

    public native Descriptor getDescriptorOrDie(Class<? extends Describable> type);

    public native <T extends Descriptor> T getDescriptorByType(Class<T> type);

    public native <T extends Describable<T>, D extends Descriptor<T>> DescriptorExtensionList<T, D> getDescriptorList(
            Class<T> type);

    public native <T> ExtensionList<T> getExtensionList(Class<T> type);

    public native Item getItemByFullName(String fullName);

    public native <T extends Item> T getItemByFullName(String fullName, Class<T> type);

    public final native <T extends Item> T getItem(String pathName, Item context, Class<T> type);

    @Override
    public native TopLevelItem getItem(String name);

    @Override
    public native List<TopLevelItem> getItems();

    @Override
    public native String getFullName();

    @Override
    public native String getFullDisplayName();

    @Override
    public native String getDisplayName();

    @Override
    public native String getUrl();

    @Override
    public native int getNumExecutors();

    @Override
    public native String getNodeName();

    @Override
    public native String getLabelString();

    @Override
    public native FilePath getRootPath();

    @Override
    public native Launcher createLauncher(TaskListener listener);

    @Override
    public native File getRootDir();

    @Override
    public native ACL getACL();

    @Override
    public synchronized native void save() throws IOException;
}
