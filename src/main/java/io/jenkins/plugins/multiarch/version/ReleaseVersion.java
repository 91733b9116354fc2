package io.jenkins.plugins.multiarch.version;

import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;

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

    /**
     * Reads a version of either scheme: a semantic one, whose numbers may be padded, or else one by PEP 440 with two numbers
     * or more, for what has one is as often the number of a build, or a date.
     */
    static Optional<ReleaseVersion> read(String text) {
        Optional<Version> semantic = Version.readPadded(text);
        return semantic.isPresent()
                ? Optional.of(semantic.get())
                : PythonVersion.read(text)
                        .filter(version -> version.release().size() > 1)
                        .map(ReleaseVersion.class::cast);
    }

    /** Compares two by the scheme that both can be read in; nothing where there is none. */
    static OptionalInt compare(ReleaseVersion one, ReleaseVersion other) {
        if (one instanceof Version first && other instanceof Version second) {
            return OptionalInt.of(first.compareTo(second));
        }
        Optional<PythonVersion> first = PythonVersion.read(one.text());
        Optional<PythonVersion> second = PythonVersion.read(other.text());
        return first.isPresent() && second.isPresent()
                ? OptionalInt.of(first.get().compareTo(second.get()))
                : OptionalInt.empty();
    }

    /** The highest of some versions of either scheme. */
    static Optional<ReleaseVersion> highest(Collection<ReleaseVersion> versions) {
        return versions.stream().reduce((one, other) -> compare(other, one).orElse(0) > 0 ? other : one);
    }
}
