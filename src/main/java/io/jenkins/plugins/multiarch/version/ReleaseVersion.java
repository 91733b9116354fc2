package io.jenkins.plugins.multiarch.version;

import java.util.Optional;

/** A version that can be ordered: as semantic versioning has it, or as Python has it. */
public sealed interface ReleaseVersion permits Version, PythonVersion {

    /** The version as tags have it: without a leading v, without what is said of its build. */
    String text();

    /** Whether it comes before the release that it names. */
    boolean isPrerelease();

    /** Whether it is numbers only, so that {@code 1.4} and {@code latest} may stand for it. */
    boolean isPlain();

    /** One of {@code raw}, {@code version}, {@code major}, {@code minor}, {@code patch}. */
    Optional<String> part(String name);

    /** Whether it comes after another by the rules of its scheme; of another scheme nothing does. */
    boolean isHigherThan(ReleaseVersion other);
}
