package io.jenkins.plugins.multiarch.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;

/**
 * A program {@code docker-credential-NAME} that keeps credentials, asked as docker asks it: the server's name on
 * standard input, the answer as JSON on standard output.
 */
final class CredentialHelper {
    private static final Logger LOGGER = Logger.getLogger(CredentialHelper.class.getName());
    private static final int MAX_ANSWER = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What helpers print, with a failing exit code, for a server they know nothing of. */
    private static final String NOT_FOUND = "credentials not found";

    private final String program;
    private final String command;
    private final Duration patience;

    CredentialHelper(String name) {
        this(name, "", PATIENCE);
    }

    /**
     * @param folder where the program is, or empty to look on the search path as docker does
     * @param patience how long it may take to answer
     */
    CredentialHelper(String name, String folder, Duration patience) {
        this.patience = patience;
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new ReleaseException(
                    "'" + Shown.of(name) + "' is not the name of a credential helper.",
                    "Write what follows docker-credential-, as in pass or ecr-login.");
        }
        this.program = "docker-credential-" + name;
        this.command = folder.isEmpty() ? program : folder + File.separator + program;
    }

    Optional<Credentials> get(String server) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command, "get")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return answer(process, server);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new ReleaseException(
                    program + " could not be asked for credentials.",
                    "Install it on the search path, or take it out of docker's config.json.",
                    e);
        }
    }

    private void ask(Process process, String server) {
        try (OutputStream question = process.getOutputStream()) {
            question.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOGGER.fine(() -> program + " ended without reading what it was asked");
        }
    }

    private Optional<Credentials> answer(Process process, String server) throws IOException, InterruptedException {
        ask(process, server);
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ReleaseException(
                    program + " gave no answer within " + patience.toSeconds() + " s.",
                    "Run it by hand; it may be waiting for a person.");
        }
        byte[] said = process.getInputStream().readNBytes(MAX_ANSWER);
        if (process.exitValue() == 0) {
            ObjectNode json = Json.read(said, "The answer of " + program);
            return Optional.of(Credentials.password(
                    json.path("Username").asText(""), json.path("Secret").asText("")));
        }
        if (new String(said, StandardCharsets.UTF_8).contains(NOT_FOUND)) {
            return Optional.empty();
        }
        throw new ReleaseException(
                program + " failed with exit code " + process.exitValue() + " when asked for " + server + ".",
                "Run it by hand to see why; its output is not shown here because it may hold secrets.");
    }
}
