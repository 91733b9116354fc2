package io.jenkins.plugins.multiarch.version;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.Optional;

/** How versions are written and ordered. */
public enum VersionScheme {
    SEMVER("semver", "semantic version"),
    PEP440("pep440", "version by PEP 440");

    private final String text;
    private final String shown;

    VersionScheme(String text, String shown) {
        this.text = text;
        this.shown = shown;
    }

    /** Reads {@code semver} or {@code pep440}. */
    public static VersionScheme parse(String text) {
        for (VersionScheme scheme : values()) {
            if (scheme.text.equals(text)) {
                return scheme;
            }
        }
        throw new ReleaseException("'" + Shown.of(text) + "' is not a scheme of versions.", "Write semver or pep440.");
    }

    /** Reads a version of this scheme, where it is one. */
    public Optional<ReleaseVersion> read(String written) {
        return this == SEMVER
                ? Version.read(written).map(ReleaseVersion.class::cast)
                : PythonVersion.read(written).map(ReleaseVersion.class::cast);
    }

    /** For messages: {@code semantic version}. */
    public String shown() {
        return shown;
    }

    @Override
    public String toString() {
        return text;
    }
}
