package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.builder.Login;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.config.RegistryConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The credentials that a builder needs for base images and caches, by the ids that {@code withCredentials} takes. They are
 * in environment variables for the time of its command, and here by name alone.
 *
 * @param ids by registry; one without credentials is not in it
 */
record BuilderLogins(Map<String, String> ids) {
    private static final String USER = "MULTIARCH_USER_";
    private static final String PASSWORD = "MULTIARCH_PASSWORD_";

    /**
     * @param own the registry that {@code credentialsId} is for
     * @param credentialsId of the step; empty where it has none
     */
    static BuilderLogins of(List<String> registries, String own, String credentialsId) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (String registry : registries) {
            Optional<String> said = registry.equals(own) ? BuildCell.given(credentialsId) : Optional.empty();
            said.or(() -> MultiArchConfiguration.get().forHost(registry).map(RegistryConfiguration::getCredentialsId))
                    .ifPresent(id -> ids.put(registry, id));
        }
        return new BuilderLogins(ids);
    }

    List<Login> plans() {
        List<Login> plans = new ArrayList<>();
        ids.keySet()
                .forEach(registry ->
                        plans.add(new Login(registry, USER + (plans.size() + 1), PASSWORD + (plans.size() + 1))));
        return plans;
    }

    List<Map<String, Object>> bindings() {
        List<Map<String, Object>> bindings = new ArrayList<>();
        for (Login login : plans()) {
            Map<String, Object> binding = new LinkedHashMap<>();
            binding.put("$class", "UsernamePasswordMultiBinding");
            binding.put("credentialsId", ids.get(login.host()));
            binding.put("usernameVariable", login.userVariable());
            binding.put("passwordVariable", login.passwordVariable());
            bindings.add(binding);
        }
        return bindings;
    }
}
