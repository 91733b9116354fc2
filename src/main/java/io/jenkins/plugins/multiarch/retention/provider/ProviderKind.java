package io.jenkins.plugins.multiarch.retention.provider;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.stream.Stream;

/** By whose API manifests are listed and deleted. */
public enum ProviderKind {
    GITHUB("github"),
    DOCKER_HUB("dockerhub"),
    ECR("ecr"),
    HARBOR("harbor"),
    /** The registry's own API alone (OCI distribution-spec). */
    OCI("oci");

    private final String text;

    ProviderKind(String text) {
        this.text = text;
    }

    /** Reads what a Jenkinsfile says, for example {@code harbor}. */
    public static ProviderKind parse(String text) {
        return Stream.of(values())
                .filter(kind -> kind.text.equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ReleaseException(
                        "'" + Shown.of(text) + "' is not a provider.",
                        "Write github, dockerhub, ecr, harbor or oci, or leave it out to have it found."));
    }

    @Override
    public String toString() {
        return text;
    }
}
