package io.jenkins.plugins.multiarch.registry;

import java.time.Instant;

/** A bearer token and when it stops working; its text never shows it. */
record Token(String value, Instant expires) {

    boolean isFresh(Instant now) {
        return now.isBefore(expires);
    }

    @Override
    public String toString() {
        return "token until " + expires;
    }
}
