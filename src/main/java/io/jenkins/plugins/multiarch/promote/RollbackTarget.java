package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which earlier release to go back to. */
public sealed interface RollbackTarget {
    /** Versions are made of what a tag may hold, and of the plus of a build. */
    Pattern VERSIONS = Pattern.compile("[0-9A-Za-z_][0-9A-Za-z._+-]{0,127}");

    Pattern BUILDS = Pattern.compile("#[0-9]{1,18}");

    /** The release that stood there before the one that stands there now. */
    record Previous() implements RollbackTarget {
        @Override
        public String toString() {
            return "previous";
        }
    }

    /** A release by its version. */
    record Version(String text) implements RollbackTarget {

        /** Whether this is the same version, with or without a leading {@code v}. */
        boolean is(String other) {
            return text.equals(other) || (plain(text).isPresent() && plain(text).equals(plain(other)));
        }

        private static Optional<String> plain(String written) {
            return io.jenkins.plugins.multiarch.version.Version.readPadded(written)
                    .map(ReleaseVersion::text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The release that a build promoted, by its number. */
    record Build(String number) implements RollbackTarget {

        boolean isOf(History.Found release) {
            return number.equals(release.receipt().note().build());
        }

        @Override
        public String toString() {
            return "#" + number;
        }
    }

    /** The release that an image belongs to. */
    record Image(Digest digest) implements RollbackTarget {
        @Override
        public String toString() {
            return digest.toString();
        }
    }

    /** Reads {@code previous}, a digest, {@code #57} for a build, or a version such as {@code 1.4.1}. */
    static RollbackTarget parse(String text) {
        String plain = text.strip();
        if (plain.equals("previous")) {
            return new Previous();
        }
        if (plain.startsWith("sha256:") || plain.startsWith("sha512:")) {
            return new Image(Digest.parse(plain));
        }
        if (BUILDS.matcher(plain).matches()) {
            return new Build(plain.substring(1));
        }
        if (VERSIONS.matcher(plain).matches()) {
            return new Version(plain);
        }
        throw new ReleaseException(
                "'" + Shown.of(text) + "' names no release to go back to.",
                "Write previous, a version as in 1.4.1, the number of a build as in #57, or the digest of an image.");
    }
}
