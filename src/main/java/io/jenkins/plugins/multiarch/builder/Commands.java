package io.jenkins.plugins.multiarch.builder;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs short commands on the machine that builds. */
public interface Commands {
    /** The most that is kept of what a command writes to each of its outputs, in bytes. */
    int MAX_OUTPUT = 1 << 20;

    /**
     * Runs a command to its end.
     *
     * @param limit after which it is ended, with a status other than 0
     * @throws IOException if it cannot be started
     */
    Answer run(List<String> command, Duration limit) throws IOException, InterruptedException;

    /**
     * What came of a command.
     *
     * @param output what it wrote to its standard output, cut after {@link #MAX_OUTPUT}
     * @param errors the same of its standard error
     */
    record Answer(int status, String output, String errors) {}
}
