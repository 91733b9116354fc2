package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHistoryTest {
    @TempDir
    private Path clone;

    private String git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(RealTools.command("git"), "-C", clone.toString()));
        command.addAll(List.of(words));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(git.waitFor()).as(said).isZero();
        return said;
    }

    private String commit(String message) throws IOException, InterruptedException {
        git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-q", "--allow-empty", "-m", message);
        return git("rev-parse", "HEAD");
    }

    @Test
    void knowsWhichCommitWasMadeUponWhich() throws IOException, InterruptedException {
        String program = RealTools.command("git");
        git("init", "-q");
        String first = commit("first");
        String second = commit("second");
        GitHistory history = new GitHistory(clone, program);

        assertThat(history.isAncestor(first, second)).isTrue();
        assertThat(history.isAncestor(second, first)).isFalse();
        assertThatThrownBy(() -> history.isAncestor(first, "0123456789"))
                .hasMessage("The clone " + clone + " cannot tell whether " + first + " is an ancestor of 0123456789."
                        + " Fetch both commits there with their history, or choose another order.");
    }

    @Test
    void refusesWhatIsNoCommit() {
        GitHistory history = new GitHistory(clone, "git");

        assertThatThrownBy(() -> history.isAncestor("--help", "0123456789"))
                .hasMessage("'--help' is not a commit. Build images with the full commit in"
                        + " org.opencontainers.image.revision, or choose another order.");
    }

    @Test
    void saysThatThereIsNoGit() {
        GitHistory history = new GitHistory(clone, clone.resolve("git").toString());

        assertThatThrownBy(() -> history.isAncestor("0123456789", "0123456789"))
                .hasMessage("git could not be started. Install git, or choose another order.");
    }
}
