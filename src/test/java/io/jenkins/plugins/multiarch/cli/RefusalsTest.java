package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class RefusalsTest {

    @ParameterizedTest
    @MethodSource
    void saysFactAndCureWithoutAStackTrace(Exception problem, String message) {
        Said said = refuse(problem, false);

        assertThat(said.err()).isEqualTo(message + "\n");
        assertThat(said.code()).isEqualTo(1);
    }

    static Stream<Arguments> saysFactAndCureWithoutAStackTrace() {
        return Stream.of(
                Arguments.of(new ReleaseException("It is so.", "Do this."), "It is so. Do this."),
                Arguments.of(new NoSuchFileException("tested.json"), "tested.json does not exist. Check the path."),
                Arguments.of(
                        new AccessDeniedException("tested.json"),
                        "tested.json may not be read or written. Check whose it is and its permissions."),
                Arguments.of(new FileAlreadyExistsException("out"), "out exists already. Delete it, or name another."),
                Arguments.of(
                        new FileSystemException("out.tar", null, "No space left on device"),
                        "out.tar could not be read or written: No space left on device. Check the path and the space left"
                                + " on the disk."),
                Arguments.of(
                        new IOException("Stream closed"),
                        "A file could not be read or written: Stream closed. Check the files and folders named on the"
                                + " command line, and the space left on the disk."),
                Arguments.of(
                        new IllegalStateException("secret"),
                        "This is a fault in multiarch-release: IllegalStateException. Run it again with --debug and report"
                                + " what it prints."));
    }

    @ParameterizedTest
    @MethodSource
    void endsAsStoppedWhateverWordsAnInterruptComesIn(Exception interrupt) {
        Said said = refuse(interrupt, false);

        assertThat(said.err())
                .isEqualTo("Stopped. What was done until here is said above; run it again to finish, nothing is done"
                        + " twice.\n");
        assertThat(said.code()).isEqualTo(130);
    }

    static Stream<Exception> endsAsStoppedWhateverWordsAnInterruptComesIn() {
        return Stream.of(new InterruptedException(), new InterruptedIOException(), new ClosedByInterruptException());
    }

    @Test
    void addsTheStackTraceToDebug() {
        Said said = refuse(new ReleaseException("It is so.", "Do this."), true);

        assertThat(said.err())
                .startsWith("io.jenkins.plugins.multiarch.image.ReleaseException: It is so. Do this.\n\tat ")
                .endsWith("\nIt is so. Do this.\n");
    }

    @Test
    void saysThatItWasStopped() {
        Said said = refuse(new InterruptedException(), false);

        assertThat(said.err())
                .isEqualTo("Stopped. What was done until here is said above; run it again to finish, nothing is done"
                        + " twice.\n");
        assertThat(said.code()).isEqualTo(130);
    }

    @Test
    void writesOverALineOfProgress() {
        Said said = refuse(new ReleaseException("It is so.", "Do this."), false, true);

        assertThat(said.err()).isEqualTo("\r\u001b[KIt is so. Do this.\n");
    }

    private record Said(int code, String err) {}

    private static Said refuse(Exception problem, boolean debug) {
        return refuse(problem, debug, false);
    }

    private static Said refuse(Exception problem, boolean debug, boolean terminal) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(err, true, StandardCharsets.UTF_8);
        Surroundings around = new Surroundings(print, print, Map.of(), Path.of(""), terminal);
        CommandLine line = new CommandLine(new Nothing(around));
        ParseResult parsed = debug ? line.parseArgs("--debug") : line.parseArgs();
        int code = new Refusals(around).refused(problem, line, parsed);
        return new Said(code, err.toString(StandardCharsets.UTF_8));
    }

    private static final class Nothing extends Verb {
        Nothing(Surroundings around) {
            super(around);
        }

        @Override
        void perform() {
            throw new UnsupportedOperationException();
        }
    }
}
