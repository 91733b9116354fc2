package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.promote.PromotionFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the command line keeps what outlives it. */
final class StateFolder {

    private StateFolder() {}

    /** The one that was named, or the user's own (XDG Base Directory Specification, "state"). */
    static PromotionFolder of(Optional<Path> named, Surroundings around) {
        String state = around.environment().getOrDefault("XDG_STATE_HOME", "");
        Path usual = (state.isEmpty() ? around.home().resolve(".local/state") : Path.of(state)).resolve(Main.NAME);
        Path folder = named.orElse(usual);
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
