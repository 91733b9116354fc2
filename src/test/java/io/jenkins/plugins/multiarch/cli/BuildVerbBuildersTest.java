package io.jenkins.plugins.multiarch.cli;

import static io.jenkins.plugins.multiarch.cli.BuiltContext.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which builder the verb build takes, and what it gives it. */
class BuildVerbBuildersTest {
    @TempDir
    private Path folder;

    private BuiltContext context;

    @BeforeEach
    void writeAContext() throws IOException {
        context = BuiltContext.in(folder);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void saysWhichBuildersThereAre() throws IOException {
        CommandLineRun run = engines("", "--builder", "buildah");

        assertThat(run.err())
                .isEqualTo(
                        "The builder buildah is not on this machine; it has none but daemonless. Install it there, or take"
                                + " another builder.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void leavesItToTheDaemonlessBuilderWhereThereIsNoOther() throws IOException {
        CommandLineRun run = engines("", "--builder", "auto");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("Building linux/amd64 by daemonless. There is no docker, no buildah and no podman here.\n")
                .contains("Pushed linux/amd64 as " + context.app + "@");
    }

    @Test
    void saysThatABuilderFailed() throws IOException {
        CommandLineRun run = engines("echo no space left; exit 7", "--builder", "buildah");

        assertThat(run.err())
                .contains("Building linux/amd64 by buildah 1.28.2. It was asked for.\n")
                .endsWith(
                        "no space left\nThe builder buildah could not build linux/amd64: it ended with 7. What it said is"
                                + " above.\n");
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void givesBuildersTheSecretsByName() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret,file"), "s");

        CommandLineRun run = engines(
                "echo \"$@\" \"$MULTIARCH_SECRET_FILE_2\"; exit 7",
                "--builder",
                "buildah",
                "--secret",
                "id=token,env=TOKEN",
                "--secret",
                "id=key,src=" + secret,
                "--cache",
                "ghcr.io/acme/cache",
                "--cache-read-only",
                "--network",
                "host");

        assertThat(run.err())
                .contains(
                        "--secret id=key,src=", "/secrets/key --secret id=token,src=TOKEN,type=env", secret.toString())
                .contains("--network host", "--cache-from ghcr.io/acme/cache")
                .doesNotContain("--cache-to");
    }

    @Test
    void takesProgramsThatWereCompiledBefore() throws IOException {
        Files.createDirectory(folder.resolve("programs"));
        Files.writeString(folder.resolve("programs/app"), "x");
        Files.writeString(
                context.folder.resolve("Dockerfile"),
                "FROM scratch\nARG TARGETARCH\nCOPY --from=artifacts $TARGETARCH/app /\n");

        CommandLineRun run = context.build(
                "--image",
                context.app,
                "--platforms",
                "linux/amd64",
                "--prebuilt",
                "x86_64-unknown-linux-musl=" + folder.resolve("programs"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("Building linux/amd64 by daemonless. It was asked for.\n");
    }

    @Test
    void refusesASecretWithoutAPlace() {
        context.wrong(
                "Invalid value for option '--secret' (id=ID,env=VARIABLE|src=FILE): 'token' is not a secret. Write"
                        + " id=ID,env=VARIABLE or id=ID,src=FILE; never the secret itself.",
                "--image",
                context.app,
                "--platforms",
                "linux/amd64",
                "--secret",
                "token");
    }

    /** On a machine that has nothing, or a buildah that does what the script says. */
    private CommandLineRun engines(String buildah, String... arguments) throws IOException {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        for (String tool : List.of("uname", "tr", "head", "cat", "mkdir", "ln")) {
            program(programs.resolve(tool), "exec " + which(tool) + " \"$@\"");
        }
        if (!buildah.isEmpty()) {
            program(
                    programs.resolve("buildah"),
                    "[ \"$1\" != --version ] || { echo buildah version 1.28.2; exit 0; }\n" + buildah);
        }
        String[] all = with(
                arguments,
                "build",
                "--context",
                context.folder.toString(),
                "--image",
                context.app,
                "--platforms",
                "linux/amd64");
        return CommandLineRun.with(
                Map.of("PATH", programs.toString(), "HOME", folder.toString()), with(new String[] {"--emulate"}, all));
    }

    private static void program(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static Path which(String tool) {
        Path usual = Path.of("/usr/bin", tool);
        return Files.exists(usual) ? usual : Path.of("/bin", tool);
    }

    @Test
    void refusesABuilderNobodyKnows() {
        context.wrong(
                "Invalid value for option '--builder': 'make' is not a builder. Write auto, buildx, docker, buildah, podman or"
                        + " daemonless.",
                "--image",
                context.app,
                "--platforms",
                "linux/amd64",
                "--builder",
                "make");
    }
}
