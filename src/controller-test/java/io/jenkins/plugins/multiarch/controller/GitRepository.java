package io.jenkins.plugins.multiarch.controller;

import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Git repository on this machine, with the branch {@code main}. */
record GitRepository(Path folder) {

    static GitRepository init(Path folder) throws IOException, InterruptedException {
        GitRepository repository = new GitRepository(folder);
        repository.git("init", "--quiet", "--initial-branch", "main");
        return repository;
    }

    /** How Jenkins is told of it. */
    String url() {
        return folder.toUri().toString();
    }

    void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    /** Commits all there is and returns the commit. */
    String commit(String message) throws IOException, InterruptedException {
        git("add", "--all");
        git("-c", "user.name=Test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", message);
        return git("rev-parse", "HEAD").strip();
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(RealTools.command("git"), "-C", folder.toString()));
        command.addAll(List.of(arguments));
        return RealTools.run(command.toArray(String[]::new));
    }
}
