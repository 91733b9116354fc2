package io.jenkins.plugins.multiarch.steps;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.builder.Secret;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Credentials on their way into a build: {@code withCredentials} puts them into environment variables for the time of one
 * command. Here are only their names.
 */
record BuildSecrets(Run<?, ?> run) {
    private static final String VARIABLE = "MULTIARCH_SECRET_";

    /**
     * How each secret reaches the builder.
     *
     * @param ids credentials by the id of the secret
     * @throws ReleaseException if the build may not use one, or it is of a kind that is no secret for a build
     */
    Map<String, Secret> plans(Map<String, String> ids) {
        Map<String, Secret> plans = new LinkedHashMap<>();
        ids.forEach((secret, id) -> plans.put(
                secret, new Secret(VARIABLE + (plans.size() + 1), find(id, secret) instanceof FileCredentials)));
        return plans;
    }

    /** What {@code withCredentials} takes for one secret. */
    Map<String, Object> binding(String id, Secret secret) {
        StandardCredentials found = find(id, secret.variable());
        Map<String, Object> binding = new LinkedHashMap<>();
        binding.put("$class", kind(found));
        binding.put("credentialsId", id);
        binding.put("variable", secret.variable());
        return binding;
    }

    private static String kind(StandardCredentials credentials) {
        if (credentials instanceof FileCredentials) {
            return "FileBinding";
        }
        return credentials instanceof StringCredentials ? "StringBinding" : "UsernamePasswordBinding";
    }

    private StandardCredentials find(String id, String secret) {
        StandardCredentials found = CredentialsProvider.findCredentialById(id, StandardCredentials.class, run);
        if (found == null) {
            throw new ReleaseException(
                    "Credentials '" + Shown.of(id) + "' for the secret " + Shown.of(secret) + " were not found: "
                            + run.getParent().getFullName() + " may use none with this id.",
                    "Create a 'Secret text' or a 'Secret file' with this id where the job can see it.");
        }
        if (found instanceof FileCredentials
                || found instanceof StringCredentials
                || found instanceof StandardUsernamePasswordCredentials) {
            return found;
        }
        throw new ReleaseException(
                "Credentials '" + Shown.of(id) + "' for the secret " + Shown.of(secret) + " are of the kind '"
                        + found.getDescriptor().getDisplayName() + "', which a build cannot read.",
                "Give the id of a 'Secret text', a 'Secret file', or a 'Username with password'.");
    }
}
