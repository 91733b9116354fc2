package io.jenkins.plugins.multiarch.config;

import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** What holds for the steps of all jobs unless a step says otherwise: the registries and how they are reached. */
@Extension
@Symbol("multiArchRelease")
public final class MultiArchConfiguration extends GlobalConfiguration {
    private List<RegistryConfiguration> registries = new ArrayList<>();
    private List<AgentConfiguration> agents = new ArrayList<>();

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

    /** All of a form or, where something in it is refused, nothing. One without any registry or agent does not name them. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        List<RegistryConfiguration> givenRegistries =
                request.bindJSONToList(RegistryConfiguration.class, json.opt("registries"));
        List<AgentConfiguration> givenAgents = request.bindJSONToList(AgentConfiguration.class, json.opt("agents"));
        registries = new ArrayList<>(givenRegistries);
        agents = new ArrayList<>(givenAgents);
        save();
        return true;
    }
}
