package io.jenkins.plugins.multiarch.gate;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where an image lies that is to be recorded or verified, written as skopeo writes it. */
public sealed interface GateSubject {

    /** An image in a registry: {@code ghcr.io/acme/app@sha256:…}. */
    record InRegistry(ImageRef image) implements GateSubject {
        @Override
        public String toString() {
            return image.toString();
        }
    }

    /**
     * An image in an OCI layout, a folder ({@code oci:build/image:1.4}) or a tar archive
     * ({@code oci-archive:image.tar:1.4}).
     *
     * @param name which of its images, or empty where it has but one
     */
    record InLayout(String transport, Path path, String name) implements GateSubject {
        @Override
        public String toString() {
            return named(transport, path, name);
        }
    }

    /**
     * An image that {@code docker save} wrote: {@code docker-archive:image.tar}.
     *
     * @param name which of its images, such as {@code acme/app:1.4}, or empty where it has but one
     */
    record InDockerArchive(Path path, String name) implements GateSubject {
        @Override
        public String toString() {
            return named("docker-archive", path, name);
        }
    }

    /** An image in the docker daemon of the machine we run on: {@code docker-daemon:acme/app:1.4}. */
    record InDaemon(String name) implements GateSubject {
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,511}");

        public InDaemon {
            if (!NAME.matcher(name).matches()) {
                throw new ReleaseException(
                        "'" + Shown.of(name) + "' is not the name of an image in a docker daemon.",
                        "Write its name and tag or its ID, as in docker-daemon:acme/app:1.4.");
            }
        }

        @Override
        public String toString() {
            return "docker-daemon:" + name;
        }
    }

    /** Reads what a Jenkinsfile or a command line says; without a transport it is a registry's image. */
    static GateSubject parse(String text) {
        String subject = text.strip();
        int colon = subject.indexOf(':');
        String transport = colon < 0 ? "" : subject.substring(0, colon);
        String rest = subject.substring(colon + 1);
        return switch (transport) {
            case "oci", "oci-archive" -> new InLayout(transport, path(subject, rest), name(rest));
            case "docker-archive" -> new InDockerArchive(path(subject, rest), name(rest));
            case "docker-daemon" -> new InDaemon(rest);
            default -> new InRegistry(ImageRef.parse(subject));
        };
    }

    /** The same, a relative path taken from this folder instead of the one the program was started in. */
    default GateSubject in(Path folder) {
        if (this instanceof InLayout layout) {
            return new InLayout(layout.transport(), folder.resolve(layout.path()), layout.name());
        }
        if (this instanceof InDockerArchive archive) {
            return new InDockerArchive(folder.resolve(archive.path()), archive.name());
        }
        return this;
    }

    /** Whether it has lost the manifest it had in a registry. */
    default boolean isWithoutManifest() {
        return this instanceof InDockerArchive || this instanceof InDaemon;
    }

    private static Path path(String subject, String rest) {
        String path = rest.substring(0, end(rest));
        if (path.isEmpty()) {
            throw new ReleaseException(
                    "'" + Shown.of(subject) + "' names no file.", "Write its path, as in oci-archive:image.tar.");
        }
        return Path.of(path);
    }

    private static String name(String rest) {
        int end = end(rest);
        return end == rest.length() ? "" : rest.substring(end + 1);
    }

    /** A path ends at the first colon, but for the one of a Windows drive. */
    private static int end(String rest) {
        boolean drive = rest.length() > 2 && rest.charAt(1) == ':' && (rest.charAt(2) == '\\' || rest.charAt(2) == '/');
        int colon = rest.indexOf(':', drive ? 2 : 0);
        return colon < 0 ? rest.length() : colon;
    }

    private static String named(String transport, Path path, String name) {
        return transport + ":" + path + (name.isEmpty() ? "" : ":" + name);
    }
}
