package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a build began. */
public enum Cause {
    /** New commits. */
    PUSH("push"),
    /** A new tag. */
    TAG("tag"),
    TIMER("timer"),
    /** A person asked for it. */
    MANUAL("manual"),
    /** A change that somebody proposes, which may hold anything. */
    PULL_REQUEST("pull-request"),
    /** Another job, as that of a base image. */
    UPSTREAM("upstream");

    private final String text;

    Cause(String text) {
        this.text = text;
    }

    /** Reads the name that {@link #toString} writes. */
    public static Cause parse(String text) {
        return Arrays.stream(values())
                .filter(cause -> cause.text.equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new ReleaseException(
                        "'" + Shown.of(text) + "' is not a cause of a build.",
                        "Write one of "
                                + Arrays.stream(values()).map(Cause::toString).collect(Collectors.joining(", "))
                                + "."));
    }

    @Override
    public String toString() {
        return text;
    }
}
