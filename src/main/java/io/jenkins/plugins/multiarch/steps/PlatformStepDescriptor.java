package io.jenkins.plugins.multiarch.steps;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.util.Set;

/** Of the parts of buildMultiArch that run inside its nodes. */
abstract class PlatformStepDescriptor extends PartDescriptor {

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FilePath.class, Launcher.class);
    }
}
