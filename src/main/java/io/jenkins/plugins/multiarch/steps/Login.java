package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.registry.Credentials;
import java.io.Serializable;

/** A user and password on the way to the agent that uses them: in memory for the time of one call, never in a file. */
record Login(String username, String password) implements Serializable {
    private static final long serialVersionUID = 1L;

    Credentials credentials() {
        return Credentials.password(username, password);
    }

    @Override
    public String toString() {
        return username + ":********";
    }
}
