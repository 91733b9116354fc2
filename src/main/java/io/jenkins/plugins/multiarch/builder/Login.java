package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Repository;

/**
 * A registry that a builder has to log in to, by the environment variables that hold user and password; never their
 * values.
 *
 * @param host as in image names, with its port if it has one; {@code docker.io} for Docker Hub
 */
public record Login(String host, String userVariable, String passwordVariable) {

    public Login {
        host = new Repository(host, "any").registry();
        Variable.checked(userVariable);
        Variable.checked(passwordVariable);
    }
}
