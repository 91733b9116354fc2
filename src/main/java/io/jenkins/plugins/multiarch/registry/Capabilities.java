package io.jenkins.plugins.multiarch.registry;

/**
 * What a registry said about itself when it was asked without changing anything.
 *
 * @param apiVersion the {@code Docker-Distribution-Api-Version} header, or empty
 * @param referrers whether it has the referrers API of distribution-spec 1.1
 * @param authentication {@code none}, {@code basic} or {@code bearer}
 */
public record Capabilities(String apiVersion, boolean referrers, String authentication) {}
