package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.ApiAnswer;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.RegistryException;

/**
 * What to say about a provider that refuses.
 *
 * @param name such as {@code GitHub Packages}
 * @param right what a credential has to be to list and delete there
 */
record Provider(String name, String right) {

    RegistryException refused(ApiAnswer answer) {
        return refused(answer, answer.status());
    }

    /** @param meant the status that would say what the answer says in another way */
    RegistryException refused(ApiAnswer answer, int meant) {
        return answer.refusal(cure(meant));
    }

    private String cure(int status) {
        return switch (status) {
            case 401 -> name + " does not accept the credentials; give it " + right + ".";
            case 403 -> "The credentials may not do that; give " + name + " " + right + ".";
            case 404 -> "Check the name of the repository, and give " + name + " " + right + ".";
            case 408, 425, 429, 500, 502, 503, 504 -> name + " has trouble; run this again in a while.";
            default -> "Check that this is the address of " + name + " and what its log says.";
        };
    }

    Credentials credentials(CredentialSource source, Repository repository) throws InterruptedException {
        return source.find(repository)
                .orElseThrow(() -> new ReleaseException(
                        "There are no credentials for " + repository + ", and " + name
                                + " lists and deletes nothing without.",
                        "Give it " + right + "."));
    }
}
