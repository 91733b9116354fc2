package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.version.PythonVersion;
import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import io.jenkins.plugins.multiarch.version.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds all places that say the version against each other. {@code 1.5.0rc1} of Python and {@code 1.5.0-rc.1} of semantic
 * versioning are the same, since each file must keep to the rules of its own kind.
 */
final class VersionAgreement {

    /** A place with the version that it says. */
    private record Said(String place, String text, String normal) {
        @Override
        public String toString() {
            return place + " says " + Shown.of(text);
        }
    }

    private VersionAgreement() {}

    /** The one version that all places say, or none where there are no places. */
    static Optional<String> of(List<FoundVersion> places, VersionScheme scheme) {
        List<Said> all = new ArrayList<>();
        for (FoundVersion found : places) {
            all.add(new Said(found.place(), found.text(), normal(found, scheme)));
        }
        if (all.stream().map(Said::normal).distinct().count() > 1) {
            throw new ReleaseException(
                    "The versions differ: " + all.stream().map(Said::toString).collect(Collectors.joining(", ")) + ".",
                    "Make them the same, or take out of versionFiles what has a version of its own.");
        }
        return all.stream()
                .map(Said::text)
                .filter(text -> scheme.read(text).isPresent())
                .findFirst()
                .or(() -> all.stream().map(Said::text).findFirst());
    }

    /** Python's normal spelling where there is one, for it knows the spellings of others too. */
    private static String normal(FoundVersion found, VersionScheme scheme) {
        Optional<PythonVersion> python = PythonVersion.read(found.text());
        boolean isPythons = found.place().endsWith("pyproject.toml") && python.isPresent();
        ReleaseVersion version = scheme.read(found.text())
                .or(() -> isPythons ? python : Optional.empty())
                .orElseThrow(() -> new ReleaseException(
                        found.place() + " says '" + Shown.of(found.text()) + "', which is not a " + scheme.shown()
                                + ".",
                        "Correct it there, or set versionScheme: semver or pep440."));
        return python.map(PythonVersion::text).orElse(version.text());
    }
}
