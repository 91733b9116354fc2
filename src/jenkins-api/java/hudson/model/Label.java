package hudson.model;

import hudson.slaves.Cloud;
import java.util.Set;

public abstract class Label extends Actionable implements Comparable<Label> {
    Label() {}

    public final native boolean matches(Node node);

    public native Set<Node> getNodes();

    public native Set<Cloud> getClouds();

    public native int getTotalConfiguredExecutors();

    public native boolean isOffline();

    public static native Label get(String name);

    public static native Label parseExpression(String expression);
}
