package io.jenkins.plugins.multiarch.steps;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the clone in a workspace knows of the repository. Git's plumbing is asked, which runs nothing that the configuration
 * of a clone could name.
 */
record CloneHistory(Path workspace, Consumer<String> log) {
    private static final Logger LOGGER = Logger.getLogger(CloneHistory.class.getName());

    /** Bytes of an answer; a longer one is none. */
    private static final int MAX_ANSWER = 8 << 20;

    /** Characters. */
    static final int MAX_TAG = 128;

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern COMMITTER = Pattern.compile("(?m)^committer .*> ([0-9]{1,11}) [+-][0-9]{4}$");

    /** The tags that were fetched, as far as versions of images can have such names; none where there is no clone. */
    List<String> tags() throws InterruptedException {
        return git("for-each-ref", "--format=%(refname:strip=2)", "refs/tags")
                .lines()
                .filter(tag -> tag.length() <= MAX_TAG)
                .toList();
    }

    /** When a commit was made, in seconds since 1970. */
    OptionalLong date(String commit) throws InterruptedException {
        if (!COMMIT.matcher(commit).matches()) {
            return OptionalLong.empty();
        }
        String object = git("cat-file", "commit", commit);
        int end = object.indexOf("\n\n");
        Matcher committer = COMMITTER.matcher(end < 0 ? object : object.substring(0, end));
        return committer.find() ? OptionalLong.of(Long.parseLong(committer.group(1))) : OptionalLong.empty();
    }

    private String git(String... arguments) throws InterruptedException {
        Path clone = workspace.resolve(".git");
        if (!Files.exists(clone)) {
            return "";
        }
        List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + clone));
        command.addAll(List.of(arguments));
        try {
            return answer(command).orElse("");
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "git could not be started.", e);
            log.accept("git could not be started on this node, so the clone was not asked for tags and dates.");
            return "";
        }
    }

    private static Optional<String> answer(List<String> command) throws IOException, InterruptedException {
        Process git = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = git.getInputStream()) {
            git.getOutputStream().close();
            byte[] answer = out.readNBytes(MAX_ANSWER + 1);
            return answer.length <= MAX_ANSWER && git.waitFor() == 0
                    ? Optional.of(new String(answer, StandardCharsets.UTF_8))
                    : Optional.empty();
        } finally {
            git.destroyForcibly();
        }
    }
}
