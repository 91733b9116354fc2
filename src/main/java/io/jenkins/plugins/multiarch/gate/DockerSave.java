package io.jenkins.plugins.multiarch.gate;

import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads an image of the local daemon through docker's own command line, which knows where the daemon is and how to talk to
 * it. Nothing secret is in the command; docker finds its settings in the environment.
 */
final class DockerSave {
    private static final int MAX_ERROR = 4096;

    private final List<String> docker;

    /** @param docker the command, with arguments that always go first */
    DockerSave(List<String> docker) {
        this.docker = List.copyOf(docker);
    }

    ImageConfig config(GateSubject.InDaemon image) throws IOException, InterruptedException {
        Process process = start(image);
        // Reading a pipe cannot be interrupted, waiting for those who read can; ending docker then ends them.
        FutureTask<ImageConfig> saved = inBackground(() -> saved(process, image));
        FutureTask<String> error = inBackground(() -> error(process));
        try {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new ReleaseException(
                        image + " could not be read from the docker daemon: 'docker image save' ended with " + exit
                                + ", saying: " + Shown.of(result(error)) + ".",
                        "Check the name with 'docker image ls', and that the daemon runs and may be used.");
            }
            return result(saved);
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(GateSubject.InDaemon image) throws IOException {
        List<String> command = new ArrayList<>(docker);
        command.addAll(List.of("image", "save", image.name()));
        try {
            Process process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new ReleaseException(
                    image + " could not be read: the command '" + docker.get(0) + "' cannot be started here.",
                    "Install docker's command line, or give the image as docker-archive:FILE or by its registry.",
                    e);
        }
    }

    private static ImageConfig saved(Process process, GateSubject image) throws IOException {
        try (InputStream output = process.getInputStream()) {
            try {
                return SavedImage.read(output, image.toString());
            } finally {
                // docker waits until all is read, even what comes after a refusal.
                output.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private static String error(Process process) throws IOException {
        try (InputStream error = process.getErrorStream()) {
            byte[] first = error.readNBytes(MAX_ERROR);
            error.transferTo(OutputStream.nullOutputStream());
            return new String(first, StandardCharsets.UTF_8);
        }
    }

    private static <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "docker-save");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException problem) {
                throw problem;
            }
            if (e.getCause() instanceof ReleaseException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
