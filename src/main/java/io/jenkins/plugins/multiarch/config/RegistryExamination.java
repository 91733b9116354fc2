package io.jenkins.plugins.multiarch.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.HttpRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.RegistryDoctor;
import io.jenkins.plugins.multiarch.registry.RegistryReport;
import java.net.ProxySelector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/** What the controller finds a registry to do, before its configuration is saved. */
record RegistryExamination(RegistryConfiguration registry) {
    /** A repository that need not exist, for questions that read only. */
    private static final String ANY = "multiarch-release/any";

    /** @param scratch the path of a repository to write to, or empty to read only */
    RegistryReport run(String scratch) throws InterruptedException {
        RegistryDoctor doctor = client().doctor();
        return scratch.isBlank() ? doctor.look(repository(ANY)) : doctor.tryOut(repository(scratch.strip()));
    }

    private Repository repository(String path) {
        return new Repository(registry.getHost(), path);
    }

    private HttpRegistry client() {
        HttpRegistryBuilder builder = HttpRegistry.builder();
        Optional.ofNullable(registry.getCredentialsId())
                .map(this::credentials)
                .ifPresent(found -> builder.credentials(any -> Optional.of(found)));
        if (registry.isPlainHttp()) {
            builder.plainHttp(Set.of(registry.getHost()));
        }
        if (registry.getCertificate() != null) {
            builder.extraCertificateTexts(List.of(registry.getCertificate()));
        }
        @CheckForNull ProxySelector proxy = JenkinsProxy.of(Jenkins.get().getProxy());
        if (proxy != null) {
            builder.proxy(proxy);
        }
        return builder.build();
    }

    private Credentials credentials(String id) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardUsernamePasswordCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        URIRequirementBuilder.fromUri("https://" + registry.getHost())
                                .build())
                .stream()
                .filter(each -> each.getId().equals(id))
                .findFirst()
                .map(each -> Credentials.password(
                        each.getUsername(), each.getPassword().getPlainText()))
                .orElseThrow(() -> new ReleaseException(
                        "No credentials of the kind 'Username with password' have the id '" + Shown.of(id) + "' for "
                                + registry.getHost() + ".",
                        "Choose some that exist, and look whether their domain includes the registry."));
    }
}
