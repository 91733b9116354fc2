package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The commits of a clone, asked of git itself. */
public final class GitHistory implements Order.Ancestry {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final Path clone;
    private final String git;

    /** @param git the program */
    public GitHistory(Path clone, String git) {
        this.clone = clone;
        this.git = git;
    }

    @Override
    public boolean isAncestor(String commit, String descendant) throws InterruptedException {
        refuseUnlessCommit(commit);
        refuseUnlessCommit(descendant);
        int code = code(git, "-C", clone.toString(), "merge-base", "--is-ancestor", commit, descendant);
        if (code > 1) {
            throw new ReleaseException(
                    "The clone " + clone + " cannot tell whether " + commit + " is an ancestor of " + descendant + ".",
                    "Fetch both commits there with their history, or choose another order.");
        }
        return code == 0;
    }

    private static void refuseUnlessCommit(String text) {
        if (!COMMIT.matcher(text).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is not a commit.",
                    "Build images with the full commit in org.opencontainers.image.revision, or choose another order.");
        }
    }

    private static int code(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new ReleaseException("git could not be started.", "Install git, or choose another order.", e);
        }
    }
}
