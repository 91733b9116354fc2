package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.build.PublishedImage;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every builder, as it is on the machine, builds what a plan says, and what it leaves is published. */
class BuildersWithRealToolsTest {
    private static final List<Platform> TWO = Platform.parseAll(List.of("linux/amd64", "linux/arm64"));
    private static final String ODD = "it's \"$HOME\" `id` \\ -x\nsecond line";
    private static final String TOKEN = "t0ken-" + UUID.randomUUID();
    private static final String KEY = "k3y-" + UUID.randomUUID();

    @TempDir
    private Path scratch;

    private Path workspace;
    private String base;
    private Registry registry;

    /** They lead out of the folder, which the next who deletes it wonders about. */
    @AfterEach
    void deleteLinks() throws IOException {
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    static Stream<Arguments> builders() {
        Stream<Arguments> plain = RealBuild.withEngines().stream().map(kind -> Arguments.of(kind, false));
        return Stream.concat(plain, Stream.of(Arguments.of(BuilderKind.BUILDX, true)));
    }

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        RealTools.require("arm64", "registry", "registry-basic");
        String open = RealTools.registry("registry");
        String closed = RealTools.registry("registry-basic");
        registry = HttpRegistry.builder()
                .plainHttp(Set.of(open, closed))
                .credentials(repository -> repository.registry().equals(closed)
                        ? Optional.of(Credentials.password(RealTools.user(), RealTools.password()))
                        : Optional.empty())
                .build();
        base = closed + "/builders/" + UUID.randomUUID();
        pushBase();
        writeWorkspace();
    }

    private void pushBase() throws IOException, InterruptedException {
        Path context = Files.createDirectory(scratch.resolve("base"));
        for (String arch : List.of("amd64", "arm64")) {
            String root = System.getenv("ENGINES_BASE_" + arch.toUpperCase(java.util.Locale.ROOT));
            assumeTrue(root != null, "ENGINES_BASE_AMD64 and ENGINES_BASE_ARM64 name no root file systems");
            Files.copy(Path.of(root), context.resolve("root-" + arch + ".tar"));
        }
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nARG TARGETARCH\nADD root-$TARGETARCH.tar /\n");
        try (BuiltImages images = new DaemonlessBuilder(registry, line -> {}).build(BuildRequest.of(context, TWO))) {
            new IndexAssembly(registry, line -> {})
                    .publish(new IndexRequest(
                            Repository.parse(base),
                            images.push(Repository.parse(base)),
                            List.of(new Tag("1")),
                            TWO,
                            Map.of()));
        }
    }

    private void writeWorkspace() throws IOException {
        workspace = Files.createDirectory(scratch.resolve("the work's space"));
        Files.writeString(workspace.resolve("Dockerfile"), """
                ARG TAG=none
                FROM %s:${TAG} AS root
                ARG GREETING
                ARG TEST
                RUN uname -m > /arch && echo "$GREETING" > /greeting
                RUN --mount=type=secret,id=token --mount=type=secret,id=key \\
                    sha256sum < /run/secrets/token > /token && sha256sum < /run/secrets/key > /key && sleep 0.3
                FROM root
                ARG TARGETARCH
                COPY --from=artifacts $TARGETARCH/program /bin/program
                COPY --from=more note.txt /note
                CMD ["/bin/sh", "-c", "cat /arch /greeting /token /key /note; program"]
                """.formatted(base));
        Files.createDirectory(workspace.resolve("more files"));
        Files.writeString(workspace.resolve("more files/note.txt"), "noted\n");
        for (String triple : List.of("x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl")) {
            Path folder = Files.createDirectories(workspace.resolve("out").resolve(triple));
            Files.writeString(folder.resolve("program"), "#!/bin/sh\necho for " + triple + "\n");
        }
        Files.writeString(scratch.resolve("key,file"), KEY);
    }

    private SamplePlan plan(BuilderKind kind, Platform platform) {
        return new SamplePlan(platform.toString())
                .set("builder", kind.toString())
                .set("emulate", true)
                .set("network", kind == BuilderKind.PODMAN ? "host" : "none")
                .put("buildArgs", "GREETING", ODD)
                .put("buildArgs", "TAG", "1")
                .put("buildArgs", "TEST", base)
                .put("contexts", "more", "more files")
                .put("prebuilt", "x86_64-unknown-linux-musl", "out/x86_64-unknown-linux-musl")
                .put("prebuilt", "aarch64-unknown-linux-musl", "out/aarch64-unknown-linux-musl")
                .put("labels", "odd", ODD)
                .put("annotations", "org.example.note", "a note")
                .secret("token", "BUILD_TOKEN", false)
                .secret("key", "BUILD_KEY_FILE", true)
                .login(RealTools.registry("registry-basic"), "REGISTRY_USER", "REGISTRY_PASSWORD");
    }

    private RealBuild build(BuilderKind kind, boolean containerd) throws IOException {
        return new RealBuild(kind, containerd, workspace, scratch)
                .with("BUILD_TOKEN", TOKEN)
                .with("BUILD_KEY_FILE", scratch.resolve("key,file").toString())
                .with("REGISTRY_USER", RealTools.user())
                .with("REGISTRY_PASSWORD", RealTools.password());
    }

    @ParameterizedTest
    @MethodSource("builders")
    void buildsBothPlatformsForAnIndexThatRuns(BuilderKind kind, boolean containerd)
            throws IOException, InterruptedException {
        RealBuild build = build(kind, containerd);
        Repository target = Repository.parse(RealTools.registry("registry") + "/built/" + UUID.randomUUID());
        List<ChildImage> children = new ArrayList<>();

        for (Platform platform : TWO) {
            Path folder = scratch.resolve("private " + platform.slug());
            BuildPlan plan = plan(kind, platform).plan();
            BuildPlan pinned = plan.withBaseImages(BasePins.of(workspace, plan, registry, line -> {}));
            assertThat(pinned.baseImages()).containsOnlyKeys(base + ":1");
            int code = build.run(pinned, folder);

            assertThat(code).as(build.log()).isZero();
            try (BuiltOutput output = BuiltOutput.read(folder, pinned)) {
                output.push(registry, target, line -> {});
                output.writeArchive(scratch.resolve(platform.slug() + ".tar"));
                children.add(new ChildImage(Optional.of(platform), ImageRef.of(target, output.digest())));
            }
            assertNowhereIn(folder, build);
        }

        PublishedImage published = new IndexAssembly(registry, line -> {})
                .publish(new IndexRequest(target, children, List.of(), TWO, Map.of()));
        for (Platform platform : TWO) {
            runs(published, platform);
        }
    }

    @ParameterizedTest
    @MethodSource("builders")
    void leavesNothingInAStoreAndNoImageWhereTheBuildFails(BuilderKind kind, boolean containerd)
            throws IOException, InterruptedException {
        RealBuild build = build(kind, containerd);
        Files.writeString(workspace.resolve("Dockerfile"), "FROM " + base + ":1\nRUN echo to fail && false\n");
        Path folder = scratch.resolve("private");
        BuildPlan plan = plan(kind, TWO.get(0)).plan();

        int code = build.run(plan, folder);

        assertThat(code).as(build.log()).isNotZero();
        assertThat(build.log()).contains("to fail");
        String name = Files.readString(folder.resolve(BuildFolder.NAME)).strip();
        assertThat(build.images(kind)).doesNotContain(name);
        assertThatThrownBy(() -> BuiltOutput.read(folder, plan)).isInstanceOf(ReleaseException.class);
    }

    @ParameterizedTest
    @MethodSource("builders")
    void refusesAnImageOfTheWrongArchitecture(BuilderKind kind, boolean containerd)
            throws IOException, InterruptedException {
        RealBuild build = build(kind, containerd);
        Files.writeString(
                workspace.resolve("Dockerfile"), "FROM --platform=linux/amd64 " + base + ":1\nRUN uname -m\n");
        Path folder = scratch.resolve("private");
        BuildPlan plan = plan(kind, TWO.get(1)).plan();

        int code = build.run(plan, folder);

        assertThat(code).as(build.log()).isZero();
        assertThatThrownBy(() -> BuiltOutput.read(folder, plan))
                .hasMessageStartingWith(
                        "An image for linux/arm64 was asked for, and its programs are for another processor, such as /");
        assertThat(build.images(kind))
                .doesNotContain(
                        Files.readString(folder.resolve(BuildFolder.NAME)).strip());
    }

    @ParameterizedTest
    @MethodSource("builders")
    void takesFromACacheAndWritesItWhereItCan(BuilderKind kind, boolean containerd)
            throws IOException, InterruptedException {
        RealBuild build = build(kind, containerd);
        String cache = RealTools.registry("registry") + "/caches/" + UUID.randomUUID();
        BuildPlan plan = plan(kind, TWO.get(0)).cache(cache, "max", true, true).plan();

        for (int i = 0; i < 2; i++) {
            int code = build.run(plan, scratch.resolve("private" + i));

            assertThat(code).as(build.log()).isZero();
        }

        boolean writes = build.choose(plan).can(Feature.CACHE_WRITE);
        assertThat(registry.tags(Repository.parse(cache)).isEmpty())
                .as(build.log())
                .isEqualTo(!writes);
        assertThat(build.log().contains("Building without writing the cache")).isEqualTo(!writes);
    }

    @ParameterizedTest
    @MethodSource("builders")
    void aCacheThatIsNotThereFailsNothing(BuilderKind kind, boolean containerd)
            throws IOException, InterruptedException {
        RealBuild build = build(kind, containerd);
        BuildPlan plan = plan(kind, TWO.get(0))
                .cache("127.0.0.1:1/no/registry", "min", true, false)
                .plan();

        assertThat(build.run(plan, scratch.resolve("private"))).as(build.log()).isZero();
    }

    @Test
    void keepsTheAttestationsThatSomebodyAskedBuildKitFor() throws IOException, InterruptedException {
        RealBuild build = build(BuilderKind.BUILDX, true).withFlag("--provenance=mode=max");
        Path folder = scratch.resolve("private");
        BuildPlan plan = plan(BuilderKind.BUILDX, TWO.get(0)).plan();
        Repository target = Repository.parse(RealTools.registry("registry") + "/built/" + UUID.randomUUID());

        assertThat(build.run(plan, folder)).as(build.log()).isZero();

        try (BuiltOutput output = BuiltOutput.read(folder, plan)) {
            output.push(registry, target, line -> {});
            ImageRef pushed = ImageRef.of(target, output.digest());
            PublishedImage published = new IndexAssembly(registry, line -> {})
                    .publish(new IndexRequest(
                            target,
                            List.of(new ChildImage(Optional.of(TWO.get(0)), pushed)),
                            List.of(),
                            List.of(TWO.get(0)),
                            Map.of()));
            assertThat(published.platforms().get(0).attestations())
                    .containsExactly(output.attestations().get(0).digest());
            assertThat(published.platforms().get(0).digest())
                    .isEqualTo(output.image().digest());
        }
    }

    @Test
    void makesTheSameOfTheSame() throws IOException, InterruptedException {
        RealBuild build = build(BuilderKind.BUILDX, true);
        List<Digest> digests = new ArrayList<>();
        BuildPlan plan = plan(BuilderKind.BUILDX, TWO.get(0))
                .set("sourceDateEpoch", 1767225600L)
                .set("fresh", true)
                .plan();

        for (int i = 0; i < 2; i++) {
            Path folder = scratch.resolve("private" + i);
            assertThat(build.run(plan, folder)).as(build.log()).isZero();
            try (BuiltOutput output = BuiltOutput.read(folder, plan)) {
                digests.add(output.digest());
            }
        }

        assertThat(digests.get(0)).isEqualTo(digests.get(1));
    }

    private static void runs(PublishedImage published, Platform platform) throws IOException, InterruptedException {
        boolean amd64 = platform.arch().equals("amd64");
        String shown = RealTools.run(
                RealTools.command("skopeo"),
                "inspect",
                "--tls-verify=false",
                "--override-arch",
                platform.arch(),
                "--config",
                "docker://" + published.reference());
        assertThat(shown)
                .contains("\"architecture\": \"" + platform.arch() + "\"")
                .doesNotContain(TOKEN)
                .doesNotContain(KEY);
        assertThat(shown.contains("\"" + BuilderScript.EMULATED + "\": \"true\""))
                .isEqualTo(!amd64);
        ImageRef child = published.platforms().stream()
                .filter(there -> there.platform().equals(platform))
                .map(there -> ImageRef.of(published.reference().repository(), there.digest()))
                .findFirst()
                .orElseThrow();
        String docker = RealTools.command("docker");
        String said = RealTools.run(
                docker, "run", "--rm", "--network", "none", "--platform", platform.toString(), child.toString());
        RealTools.run(docker, "rmi", child.toString());
        assertThat(said.lines())
                .containsExactly(
                        amd64 ? "x86_64" : "aarch64",
                        "it's \"$HOME\" `id` \\ -x",
                        "second line",
                        Digest.sha256(TOKEN.getBytes(StandardCharsets.UTF_8)).hex() + "  -",
                        Digest.sha256(KEY.getBytes(StandardCharsets.UTF_8)).hex() + "  -",
                        "noted",
                        "for " + (amd64 ? "x86_64" : "aarch64") + "-unknown-linux-musl");
    }

    private void assertNowhereIn(Path folder, RealBuild build) throws IOException {
        assertThat(build.log())
                .doesNotContain(TOKEN)
                .doesNotContain(KEY)
                .doesNotContain(RealTools.user() + ":" + RealTools.password());
        assertThat(build.commandLines())
                .hasSizeGreaterThan(5)
                .noneMatch(line -> line.contains(TOKEN) || line.contains(KEY));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                assertNotIn(bytes, file);
                if (bytes.length > 2 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B) {
                    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                        assertNotIn(in.readAllBytes(), file);
                    }
                }
            }
        }
    }

    private void assertNotIn(byte[] bytes, Path file) {
        if (file.toString().contains("/secrets/")) {
            return;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(text.contains(TOKEN) || text.contains(KEY))
                .as("a secret in " + file)
                .isFalse();
    }
}
