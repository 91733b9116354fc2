package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreparedBuildTest {
    private static final String DIGEST = "sha256:" + "c".repeat(64);

    @TempDir
    private Path scratch;

    private Path workspace;
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        workspace = Files.createDirectory(scratch.resolve("workspace"));
        folder = scratch.resolve("private");
        Files.writeString(workspace.resolve("Dockerfile"), "FROM alpine:3\nCOPY --from=artifacts amd64 /\n");
        Files.createDirectory(workspace.resolve("app"));
        Files.writeString(scratch.resolve("outside"), "x");
        Files.createSymbolicLink(workspace.resolve("away"), scratch);
    }

    private void prepare(SamplePlan plan, Feature... features) throws IOException {
        ChosenBuilder chosen = new ChosenBuilder(BuilderKind.BUILDX, "1", "", false, Set.of(features));
        PreparedBuild.prepare(workspace, folder, plan.plan(), chosen, Map.of("HOME", scratch.toString()));
    }

    private static SamplePlan plan() {
        return new SamplePlan("linux/amd64");
    }

    private void refuses(SamplePlan plan, String message) {
        assertThatThrownBy(() -> prepare(plan, Feature.NAMED_CONTEXTS)).hasMessage(message);
    }

    @Test
    void writesForThisUserAlone() throws IOException {
        prepare(plan(), Feature.NAMED_CONTEXTS);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(folder.resolve("name")).content().startsWith("multiarch-build:");
        assertThat(folder.resolve("Dockerfile")).doesNotExist();
        assertThat(folder.resolve("docker")).doesNotExist();
    }

    @Test
    void arrangesProgramsByArchitectureThatMayBeRun() throws IOException {
        Path out = Files.createDirectories(workspace.resolve("out/sub"));
        Path program = Files.writeString(out.resolveSibling("app"), "x");
        Files.writeString(out.resolve("tool"), "y");
        Files.createSymbolicLink(workspace.resolve("out/link"), Path.of("app"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r-----"));
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(program, time);

        prepare(plan().put("prebuilt", "x86_64-unknown-linux-musl", "out").put("prebuilt", "linux/arm64", "none"));

        Path arranged = folder.resolve("artifacts/amd64/app");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(arranged)))
                .isEqualTo("rwxr-xr-x");
        assertThat(Files.getLastModifiedTime(arranged)).isEqualTo(time);
        assertThat(folder.resolve("artifacts/amd64/sub/tool")).hasContent("y");
        assertThat(folder.resolve("artifacts/amd64/link")).isRegularFile().hasContent("x");
        assertThat(folder.resolve("artifacts/arm64")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64-unknown-linux-musl, linux/amd64",
        "aarch64-unknown-linux-gnu, linux/arm64",
        "armv7-unknown-linux-musleabihf, linux/arm/v7",
        "arm-unknown-linux-gnueabi, linux/arm/v6",
        "i686-unknown-linux-gnu, linux/386",
        "riscv64gc-unknown-linux-gnu, linux/riscv64",
        "powerpc64le-unknown-linux-gnu, linux/ppc64le",
        "x86_64-pc-windows-msvc, windows/amd64",
        "linux/arm, linux/arm/v7"
    })
    void understandsCompilersNamesOfPlatforms(String triple, String platform) {
        assertThat(TargetTriple.platform(triple)).hasToString(platform);
    }

    @Test
    void refusesProgramsThatAreNotThere() throws IOException {
        refuses(
                plan().put("prebuilt", "sparc-sun-solaris", "app"),
                "'sparc-sun-solaris' is neither a platform nor a target triple that we know. Write a platform, as in"
                        + " linux/arm64, or a triple, as in aarch64-unknown-linux-musl.");
        refuses(
                plan().put("prebuilt", "linux/arm64", "app"),
                "There are prebuilt programs for linux/arm64, and none for linux/amd64. Name the folder of those for"
                        + " linux/amd64 too, or leave that platform out.");
        refuses(
                plan().put("prebuilt", "linux/amd64", "out"),
                "The folder of prebuilt programs 'out' is not in the workspace. Check its name, and that the checkout or an"
                        + " earlier stage brings it there.");
        Files.createSymbolicLink(workspace.resolve("app/secret"), scratch.resolve("outside"));
        assertThatThrownBy(() -> prepare(plan().put("prebuilt", "linux/amd64", "app")))
                .hasMessageStartingWith("The prebuilt program '")
                .hasMessageEndingWith(
                        "app/secret' leads out of the workspace. Give a path inside it that no symbolic link"
                                + " leads away from.");
    }

    @Test
    void refusesPathsThatLeadOutOfTheWorkspace() {
        refuses(
                plan().set("context", ".."),
                "The context '..' leads out of the workspace. Give a path inside it that no symbolic link leads away"
                        + " from.");
        refuses(
                plan().set("context", "away"),
                "The context 'away' leads out of the workspace. Give a path inside it that no symbolic link leads away"
                        + " from.");
        refuses(
                plan().set("dockerfile", "/etc/passwd"),
                "The Dockerfile '/etc/passwd' leads out of the workspace. Give a path inside it that no symbolic link leads"
                        + " away from.");
        refuses(
                plan().put("contexts", "x", "app/../../outside"),
                "The build context 'app/../../outside' leads out of the workspace. Give a path inside it that no symbolic"
                        + " link leads away from.");
        refuses(
                plan().put("contexts", "x", "oci-layout://away/layout:1"),
                "The build context 'away/layout' is not in the workspace. Check its name, and that the checkout or an"
                        + " earlier stage brings it there.");
    }

    @Test
    void refusesPathsOfTheWrongKind() {
        refuses(
                plan().set("context", "Dockerfile").set("dockerfile", "Dockerfile"),
                "The context 'Dockerfile' is not a folder. Give a folder of the workspace.");
        refuses(plan().set("dockerfile", "app"), "The Dockerfile 'app' is not a file. Give a file of the workspace.");
    }

    @Test
    void refusesAFolderWhoseNameToolsWouldTakeApart() {
        folder = scratch.resolve("a,b");

        refuses(
                plan(),
                "'" + folder
                        + "' cannot hold a build: its path has ',', ':' or '\"'. Give the job or the workspace another name.");
    }

    @Test
    void writesADockerfileForBuildersWithoutNamedContexts() throws IOException {
        Files.createDirectory(workspace.resolve("out"));
        Files.writeString(workspace.resolve("Dockerfile.dockerignore"), "*.md\n");
        SamplePlan plan = plan().put("prebuilt", "linux/amd64", "out")
                .put("baseImages", "alpine:3", "docker.io/library/alpine@" + DIGEST);

        prepare(plan);
        prepare(plan);

        String name = Files.readString(folder.resolve("name")).strip();
        assertThat(folder.resolve("Dockerfile"))
                .hasContent("FROM docker.io/library/alpine@" + DIGEST + "\nCOPY --from=" + name + "-1 amd64 /");
        assertThat(folder.resolve("Dockerfile.context")).hasContent("FROM scratch\nCOPY . /");
        assertThat(folder.resolve("Dockerfile.dockerignore")).hasContent("*.md");
    }

    @Test
    void keepsTheBytesOfADockerfileThatIsNotInUtf8() throws IOException {
        Files.writeString(
                workspace.resolve("Dockerfile"), "FROM alpine:3\nLABEL who=J\u00f6rg\n", StandardCharsets.ISO_8859_1);

        prepare(plan().put("baseImages", "alpine:3", "docker.io/library/alpine@" + DIGEST));

        assertThat(Files.readString(folder.resolve("Dockerfile"), StandardCharsets.ISO_8859_1))
                .isEqualTo("FROM docker.io/library/alpine@" + DIGEST + "\nLABEL who=J\u00f6rg\n");
    }

    @Test
    void forgetsThePrebuiltProgramsAndSecretsOfAnEarlierAttempt() throws IOException {
        Files.createDirectories(folder.resolve("artifacts/arm64"));
        Files.writeString(folder.resolve("artifacts/arm64/app"), "old");
        Files.createDirectories(folder.resolve("secrets"));
        Files.createSymbolicLink(folder.resolve("secrets/token"), scratch.resolve("outside"));

        prepare(plan());

        assertThat(folder.resolve("artifacts")).doesNotExist();
        assertThat(folder.resolve("secrets")).doesNotExist();
        assertThat(scratch.resolve("outside")).exists();
    }
}
