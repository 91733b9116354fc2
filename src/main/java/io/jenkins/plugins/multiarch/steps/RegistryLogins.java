package io.jenkins.plugins.multiarch.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.config.JenkinsProxy;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.config.RegistryConfiguration;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/** The credentials of a build, read for the registries of one step and marked as used by it. */
record RegistryLogins(Run<?, ?> run) {

    /**
     * How registries are reached.
     *
     * @param credentialsId of a step, for the first of them; others, and all without it, have what is configured
     */
    RegistryAccess access(@CheckForNull String credentialsId, List<String> registries) {
        Map<String, Login> logins = new HashMap<>();
        Set<String> plainHttp = new HashSet<>();
        List<String> certificates = new ArrayList<>();
        for (String registry : registries) {
            Optional<RegistryConfiguration> configured =
                    MultiArchConfiguration.get().forHost(registry);
            Optional<String> id = credentialsId != null && registry.equals(registries.get(0))
                    ? Optional.of(credentialsId)
                    : configured.map(RegistryConfiguration::getCredentialsId);
            id.ifPresent(known -> logins.put(registry, find(known, registry)));
            configured.filter(RegistryConfiguration::isPlainHttp).ifPresent(c -> plainHttp.add(registry));
            configured.map(RegistryConfiguration::getCertificate).ifPresent(certificates::add);
        }
        return new RegistryAccess(
                logins, plainHttp, certificates, JenkinsProxy.of(Jenkins.get().getProxy()));
    }

    /** @throws ReleaseException if the build may not use credentials with this id, or they are of another kind */
    Login find(String id, String registry) {
        List<DomainRequirement> requirements =
                URIRequirementBuilder.fromUri("https://" + registry).build();
        StandardUsernamePasswordCredentials found = CredentialsProvider.findCredentialById(
                id, StandardUsernamePasswordCredentials.class, run, requirements);
        if (found == null) {
            throw refused(id, registry);
        }
        CredentialsProvider.track(run, found);
        return new Login(found.getUsername(), found.getPassword().getPlainText());
    }

    private ReleaseException refused(String id, String registry) {
        String named = "Credentials '" + Shown.of(id) + "' for " + registry;
        StandardCredentials other = CredentialsProvider.findCredentialById(id, StandardCredentials.class, run);
        if (other == null) {
            return new ReleaseException(
                    named + " were not found: " + run.getParent().getFullName() + " may use none with this id.",
                    "Create a 'Username with password' with this id where the job can see it, or give the id of one.");
        }
        if (other instanceof StandardUsernamePasswordCredentials) {
            return new ReleaseException(
                    named + " belong to a domain of credentials that does not include it.",
                    "Add " + registry + " to the domain, or give the id of other credentials.");
        }
        return new ReleaseException(
                named + " are of the kind '" + other.getDescriptor().getDisplayName()
                        + "', and a registry asks for a 'Username with password'.",
                "Give the id of one, with a token in place of the password where the registry has tokens.");
    }
}
