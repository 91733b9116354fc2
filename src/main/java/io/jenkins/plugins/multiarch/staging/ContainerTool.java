package io.jenkins.plugins.multiarch.staging;

import io.jenkins.plugins.multiarch.builder.Commands;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The docker or podman of a machine, through its own command line, which knows where the images are and how they are stored.
 * docker goes first; where it is not installed, podman.
 */
public final class ContainerTool {
    private static final List<String> TOOLS = List.of("docker", "podman");

    /** What a shell answers where there is no such command; some launchers go through one. */
    private static final int NOT_FOUND = 127;

    /** How long images may take to be loaded or saved. */
    private static final Duration LIMIT = Duration.ofHours(2);

    private final Commands commands;
    private final Consumer<String> log;

    /** @param commands run where the images are */
    public ContainerTool(Commands commands, Consumer<String> log) {
        this.commands = commands;
        this.log = log;
    }

    /** The platform of images that this machine's daemon runs: Linux, but on Windows. */
    public static Platform platformHere() {
        String os = System.getProperty("os.name").startsWith("Windows") ? "windows" : "linux";
        String arch = System.getProperty("os.arch");
        return new Platform(os, arch.equals("x86") ? "386" : arch, "", "");
    }

    /**
     * Loads an archive that {@link Unstaging#writeForDocker} wrote.
     *
     * @param name what the image in it is called
     */
    public void load(String file, String name) throws InterruptedException {
        String tool = run(List.of("load", "--input", file), name + " could not be loaded");
        log.accept("Loaded " + name + " with " + tool + ".");
    }

    /** Saves an image as a docker-archive. */
    public void save(GateSubject.InDaemon image, String file) throws InterruptedException {
        run(List.of("image", "save", "--output", file, image.name()), image + " could not be saved");
    }

    private String run(List<String> arguments, String failure) throws InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String tool : TOOLS) {
            List<String> command = new ArrayList<>(List.of(tool));
            command.addAll(arguments);
            Commands.Answer ended;
            try {
                ended = commands.run(command, LIMIT);
            } catch (IOException e) {
                missing.add(Shown.of(String.valueOf(e.getMessage())));
                continue;
            }
            if (ended.status() == 0) {
                return tool;
            }
            if (ended.status() != NOT_FOUND) {
                throw refused(tool, arguments.get(0), ended, failure);
            }
            missing.add(tool + " was not found");
        }
        throw new ReleaseException(
                failure + ": neither docker nor podman can be started here (" + String.join("; ", missing) + ").",
                "Run it on an agent that has one of them, with it on the PATH.");
    }

    private static ReleaseException refused(String tool, String verb, Commands.Answer ended, String failure) {
        return new ReleaseException(
                failure + ": '" + tool + " " + verb + "' ended with " + ended.status() + ", saying: "
                        + Shown.of(ended.errors().isBlank() ? ended.output() : ended.errors()) + ".",
                "Check that the daemon runs and that this account may use it: '" + tool + " info' says both.");
    }
}
