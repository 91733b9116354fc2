package io.jenkins.plugins.multiarch.plan;

import java.util.Optional;

/** When a build writes what it built into the cache. */
public enum CacheWrite {
    NEVER("never"),
    /** Where a changed file is among the dependencies. */
    DEPENDENCIES("dependencies"),
    ALWAYS("always");

    private final String text;

    CacheWrite(String text) {
        this.text = text;
    }

    static Optional<CacheWrite> find(String text) {
        for (CacheWrite value : values()) {
            if (value.text.equals(text)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
