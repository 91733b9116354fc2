package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that talks to registries. */
public abstract class RegistryStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private @CheckForNull String credentialsId;

    RegistryStep() {}

    public final @CheckForNull String getCredentialsId() {
        return credentialsId;
    }

    /** Credentials for the registry of the image; others are reached with those of the global configuration. */
    @DataBoundSetter
    public final void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = StepArguments.trimmed(credentialsId);
    }
}
