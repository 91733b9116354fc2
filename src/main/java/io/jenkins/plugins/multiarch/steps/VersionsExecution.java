package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.retention.Stores;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Works on versions on the controller, which has the builds and the turns. */
abstract class VersionsExecution<T extends Serializable> extends ResumableStepExecution<T> {
    private static final long serialVersionUID = 1L;

    private final VersionsStep step;

    VersionsExecution(VersionsStep step, StepContext context) {
        super(context, step.getCredentialsId());
        this.step = step;
    }

    @Override
    final boolean needsNode() {
        return false;
    }

    /** By whose API the step's repositories are listed, deleted and restored. */
    final Stores stores(HttpRegistry registry, RegistryAccess access) throws IOException, InterruptedException {
        String host = step.named().get(0).registry();
        RegistryLogins logins = new RegistryLogins(getContext().get(Run.class));
        Optional<Login> api = Optional.ofNullable(step.getApiCredentialsId()).map(id -> logins.find(id, host));
        return new PruneStores(registry, host, access.credentials(), api).of(step.kind());
    }

    final TaskListener listener() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class);
    }

    final Consumer<String> log() throws IOException, InterruptedException {
        return listener().getLogger()::println;
    }
}
