package io.jenkins.plugins.multiarch.retention.provider;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private registry of Amazon ECR, as its host says it.
 *
 * @param account of AWS, twelve digits
 * @param region such as {@code eu-central-1}
 * @param domain {@code amazonaws.com}, in China with {@code .cn} behind it
 */
public record EcrRegistry(String account, String region, String domain) {
    private static final Pattern HOST =
            Pattern.compile("([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.(amazonaws\\.com(?:\\.cn)?)");

    /** Reads {@code 123456789012.dkr.ecr.eu-central-1.amazonaws.com}; nothing where it is another host. */
    public static Optional<EcrRegistry> parse(String host) {
        Matcher matcher = HOST.matcher(host);
        return matcher.matches()
                ? Optional.of(new EcrRegistry(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** Where its API is ("Amazon ECR endpoints and quotas"). */
    public URI api() {
        return URI.create("https://api.ecr." + region + "." + domain);
    }
}
