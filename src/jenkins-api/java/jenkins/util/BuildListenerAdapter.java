package jenkins.util;

import hudson.model.BuildListener;
import hudson.model.TaskListener;
import java.io.PrintStream;

public final class BuildListenerAdapter implements BuildListener {
    public BuildListenerAdapter(TaskListener delegate) {}

    @Override
    public native PrintStream getLogger();

    public static native BuildListener wrap(TaskListener listener);
}
