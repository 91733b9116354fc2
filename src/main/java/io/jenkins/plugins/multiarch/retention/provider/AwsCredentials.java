package io.jenkins.plugins.multiarch.retention.provider;

import java.util.Map;
import java.util.Optional;

/**
 * An access key of AWS. Its text shows the id alone.
 *
 * @param sessionToken of a role that was assumed
 */
public record AwsCredentials(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

    /** From the variables that AWS's own tools read: {@code AWS_ACCESS_KEY_ID} and so on; nothing where they are not set. */
    public static Optional<AwsCredentials> of(Map<String, String> environment) {
        String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        Optional<String> token =
                Optional.ofNullable(environment.get("AWS_SESSION_TOKEN")).filter(text -> !text.isEmpty());
        return id.isEmpty() || secret.isEmpty() ? Optional.empty() : Optional.of(new AwsCredentials(id, secret, token));
    }

    @Override
    public String toString() {
        return accessKeyId + ":********";
    }
}
