package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.retention.provider.ProviderKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that takes versions out of repositories or brings them back, by the API of whoever provides the registry. */
public abstract class VersionsStep extends RegistryStep {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> repositories;
    private @CheckForNull String provider;
    private @CheckForNull String apiCredentialsId;

    VersionsStep(List<String> repositories) {
        this.repositories = StepArguments.trimmed(repositories);
    }

    public final List<String> getRepositories() {
        return repositories;
    }

    public final @CheckForNull String getProvider() {
        return provider;
    }

    /** By whose API it is listed, deleted and restored; found unless said. */
    @DataBoundSetter
    public final void setProvider(@CheckForNull String provider) {
        this.provider = StepArguments.trimmed(provider);
    }

    public final @CheckForNull String getApiCredentialsId() {
        return apiCredentialsId;
    }

    /** Credentials for that API, where those of the registry are not for it. */
    @DataBoundSetter
    public final void setApiCredentialsId(@CheckForNull String apiCredentialsId) {
        this.apiCredentialsId = StepArguments.trimmed(apiCredentialsId);
    }

    /** The repositories as the engine takes them. */
    final List<Repository> named() {
        return repositories.stream().map(StepArguments::repository).toList();
    }

    /** Nothing to have it found. */
    final Optional<ProviderKind> kind() {
        return Optional.ofNullable(provider).map(ProviderKind::parse);
    }
}
