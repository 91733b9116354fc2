package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A build that is stopped while its builder works. */
@Timeout(60)
class BuildInterruptTest {
    @TempDir
    private Path folder;

    private Path pipe;

    @BeforeEach
    void write() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("Dockerfile"), "FROM scratch\nRUN true\n");
        pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
    }

    /** Tells its process and the script that called it, and then does what it is asked to. */
    private void buildah(String then) throws IOException {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Path buildah = Files.writeString(programs.resolve("buildah"), """
                #!/bin/sh
                [ "$1" != --version ] || { echo buildah version 1.28.2; exit 0; }
                [ "$1" = build ] || [ "$1" = bud ] || exit 0
                echo "$$ $(tr '\\0' ' ' < /proc/$PPID/cmdline)" > '%s'
                %s
                """.formatted(pipe, then));
        Files.setPosixFilePermissions(buildah, PosixFilePermissions.fromString("rwx------"));
    }

    private void stopsAndLeavesNothing() throws Exception {
        FutureTask<CommandLineRun> build = new FutureTask<>(() -> CommandLineRun.with(
                Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "HOME", folder.toString()),
                "build",
                "--context",
                folder.toString(),
                "--image",
                "localhost:1/acme/app",
                "--platforms",
                "linux/amd64",
                "--builder",
                "buildah",
                "--emulate"));
        Thread command = new Thread(build, "command");
        command.start();
        List<String> started = List.of(Files.readString(pipe).strip().split(" "));

        command.interrupt();

        CommandLineRun run = build.get();
        assertThat(run.code()).as(run.err()).isEqualTo(130);
        ProcessHandle.of(Long.parseLong(started.get(0)))
                .ifPresent(builder -> assertThat(builder.onExit()).succeedsWithin(30, TimeUnit.SECONDS));
        assertThat(Path.of(started.get(2)).getFileName()).hasToString("build.sh");
        assertThat(Path.of(started.get(2)).getParent().getParent()).doesNotExist();
    }

    @Test
    void endsTheBuilderAndTakesItsFolderAway() throws Exception {
        buildah("exec sleep 600");

        stopsAndLeavesNothing();
    }

    @Test
    void endsABuilderThatDoesNotWantTo() throws Exception {
        buildah("trap '' TERM\nwhile :; do sleep 600; done");

        stopsAndLeavesNothing();
    }
}
