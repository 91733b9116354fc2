package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Builds with our own builder, and leaves what the others leave. */
public final class DaemonlessOutput {

    private DaemonlessOutput() {}

    /** Takes the place of the script, after {@link PreparedBuild#prepare}; {@link BuiltOutput} reads what it writes. */
    public static void write(Path workspace, Path folder, BuildPlan plan, Registry registry, Consumer<String> log)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
