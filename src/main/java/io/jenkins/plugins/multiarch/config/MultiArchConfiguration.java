package io.jenkins.plugins.multiarch.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.keyless.SigningConfig;
import io.jenkins.plugins.multiarch.attest.keyless.TrustedRoot;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What holds for the steps of all jobs unless a step says otherwise: the registries and how they are reached, the
 * agents of platforms, and whose signatures count.
 */
@Extension
@Symbol("multiArchRelease")
public final class MultiArchConfiguration extends GlobalConfiguration {
    private List<RegistryConfiguration> registries = new ArrayList<>();
    private List<AgentConfiguration> agents = new ArrayList<>();
    private @CheckForNull String policy;
    private @CheckForNull String trustedRoot;
    private @CheckForNull String signingConfig;

    public MultiArchConfiguration() {
        load();
    }

    public static MultiArchConfiguration get() {
        return ExtensionList.lookupSingleton(MultiArchConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.MultiArchConfiguration_displayName();
    }

    public List<RegistryConfiguration> getRegistries() {
        return List.copyOf(registries);
    }

    @DataBoundSetter
    public void setRegistries(List<RegistryConfiguration> registries) {
        this.registries = new ArrayList<>(registries);
        save();
    }

    public List<AgentConfiguration> getAgents() {
        return agents == null ? List.of() : List.copyOf(agents);
    }

    @DataBoundSetter
    public void setAgents(List<AgentConfiguration> agents) {
        this.agents = new ArrayList<>(agents);
        save();
    }

    public @CheckForNull String getPolicy() {
        return policy;
    }

    /**
     * What {@code verifyImage} requires where a step says nothing else, in YAML or JSON.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if this is no policy
     */
    @DataBoundSetter
    public void setPolicy(@CheckForNull String policy) {
        this.policy = TrustFields.policy(policy);
        save();
    }

    public @CheckForNull String getTrustedRoot() {
        return trustedRoot;
    }

    /**
     * The {@code trusted_root.json} of the Sigstore instance whose certificates count.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if this is none
     */
    @DataBoundSetter
    public void setTrustedRoot(@CheckForNull String trustedRoot) {
        this.trustedRoot = TrustFields.trustedRoot(trustedRoot);
        save();
    }

    public @CheckForNull String getSigningConfig() {
        return signingConfig;
    }

    /**
     * The {@code signing_config.v0.2.json} of the Sigstore instance that signs for tokens.
     *
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if this is none
     */
    @DataBoundSetter
    public void setSigningConfig(@CheckForNull String signingConfig) {
        this.signingConfig = TrustFields.signingConfig(signingConfig);
        save();
    }

    public Optional<VerificationPolicy> verificationPolicy() {
        return Optional.ofNullable(policy).map(text -> VerificationPolicy.parse(utf8(text)));
    }

    public Optional<TrustedRoot> sigstoreRoot() {
        return Optional.ofNullable(trustedRoot).map(text -> TrustedRoot.parse(utf8(text)));
    }

    public Optional<SigningConfig> sigstoreServices() {
        return Optional.ofNullable(signingConfig).map(text -> SigningConfig.parse(utf8(text)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Labels by platform, the beginning of one, or {@code default}; the last, where one is there twice. */
    public AgentLabels agentLabels() {
        return getAgents().stream()
                .map(AgentConfiguration::labels)
                .reduce(new AgentLabels(Map.of()), (first, next) -> next.orElse(first));
    }

    /** What was said about a registry; the first, where it is there twice. */
    public Optional<RegistryConfiguration> forHost(String host) {
        return registries.stream()
                .filter(registry -> registry.getHost().equals(host))
                .findFirst();
    }

    /**
     * All of a form or, where something in it is refused, nothing. One without any registry or agent does not name them.
     *
     * @throws FormException in the words of the refusal
     */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        List<RegistryConfiguration> givenRegistries =
                given("registries", () -> request.bindJSONToList(RegistryConfiguration.class, json.opt("registries")));
        List<AgentConfiguration> givenAgents =
                given("agents", () -> request.bindJSONToList(AgentConfiguration.class, json.opt("agents")));
        String givenPolicy = given("policy", () -> TrustFields.policy(json.optString("policy")));
        String givenRoot = given("trustedRoot", () -> TrustFields.trustedRoot(json.optString("trustedRoot")));
        String givenServices = given("signingConfig", () -> TrustFields.signingConfig(json.optString("signingConfig")));
        registries = new ArrayList<>(givenRegistries);
        agents = new ArrayList<>(givenAgents);
        policy = givenPolicy;
        trustedRoot = givenRoot;
        signingConfig = givenServices;
        save();
        return true;
    }

    /** Binding a form wraps what is thrown. It is no cause of the refusal, as the page would show a cause with its trace. */
    private static <T> T given(String field, Supplier<T> reading) throws FormException {
        try {
            return reading.get();
        } catch (RuntimeException | LinkageError e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof ReleaseException) {
                    throw new FormException(cause.getMessage(), field);
                }
            }
            throw e;
        }
    }

    @POST
    public FormValidation doCheckPolicy(@QueryParameter String value) {
        return FieldRules.checked(null, () -> TrustFields.policy(value));
    }

    @POST
    public FormValidation doCheckTrustedRoot(@QueryParameter String value) {
        return FieldRules.checked(null, () -> TrustFields.trustedRoot(value));
    }

    @POST
    public FormValidation doCheckSigningConfig(@QueryParameter String value) {
        return FieldRules.checked(null, () -> TrustFields.signingConfig(value));
    }
}
