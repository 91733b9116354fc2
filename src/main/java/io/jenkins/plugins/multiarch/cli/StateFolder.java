package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Where the command line keeps what outlives it. */
final class StateFolder {

    private StateFolder() {}

    /** A file for the manifests that are deleted now. */
    static Path archive(Optional<Path> named, Surroundings around) {
        Path folder = named.orElseGet(() -> usual(around)).resolve("pruned");
        String time = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        try {
            return Files.createDirectories(folder).resolve(time + ".jsonl");
        } catch (IOException e) {
            throw new ReleaseException(
                    "The folder " + folder + " for what is deleted cannot be made.",
                    "Name a file that may be written with --archive.",
                    e);
        }
    }

    private static Path usual(Surroundings around) {
        String state = around.environment().getOrDefault("XDG_STATE_HOME", "");
        return (state.isEmpty() ? around.home().resolve(".local/state") : Path.of(state)).resolve(Main.NAME);
    }

    /** The one that was named, or the user's own (XDG Base Directory Specification, "state"). */
    static PromotionFolder of(Optional<Path> named, Surroundings around) {
        Path folder = named.orElseGet(() -> usual(around));
        try {
            return PromotionFolder.at(folder);
        } catch (IOException e) {
            throw new ReleaseException(
                    "The folder " + folder + " for journals of promotions cannot be made.",
                    "Name one that may be written with --state.",
                    e);
        }
    }
}
