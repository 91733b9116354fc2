package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;

/** Which of the two builds of a release this is, where there are two: the one that is tested, or one that repeats it to publish. */
public enum Phase {
    BUILD("build"),
    /** Reads caches only, so that it makes again what was tested. */
    PUSH("push");

    private final String text;

    Phase(String text) {
        this.text = text;
    }

    /** Reads {@code build} or {@code push}. */
    public static Phase parse(String text) {
        for (Phase phase : values()) {
            if (phase.text.equals(text.strip())) {
                return phase;
            }
        }
        throw new ReleaseException("'" + Shown.of(text) + "' is not a phase of a release.", "Write build or push.");
    }

    @Override
    public String toString() {
        return text;
    }
}
