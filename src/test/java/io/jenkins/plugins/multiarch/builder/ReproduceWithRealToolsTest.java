package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A developer runs {@code reproduce.sh} in an empty folder, and has the digest that was released. */
class ReproduceWithRealToolsTest {
    private static final Platform PLATFORM = Platform.parse("linux/amd64");

    @TempDir
    private Path scratch;

    private Path source;
    private Registry registry;
    private ImageRef base;

    @BeforeEach
    void commit() throws IOException, InterruptedException {
        RealTools.require("git", "skopeo", "registry");
        String host = RealTools.registry("registry");
        registry = HttpRegistry.builder().plainHttp(Set.of(host)).build();
        base = pushBase(Repository.parse(host + "/reproduce/" + UUID.randomUUID()));
        source = Files.createDirectory(scratch.resolve("the source"));
        Files.writeString(source.resolve("Dockerfile"), """
                FROM %s
                ARG GREETING
                RUN echo "$GREETING" > /greeting
                COPY note /
                """.formatted(base));
        Files.writeString(source.resolve("note"), "noted\n");
        git("init", "--quiet");
        git("add", "--all");
        git("-c", "user.name=Test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message", "first");
    }

    private ImageRef pushBase(Repository repository) throws IOException, InterruptedException {
        String root = System.getenv("ENGINES_BASE_AMD64");
        assumeTrue(root != null, "ENGINES_BASE_AMD64 names no root file system");
        Path context = Files.createDirectory(scratch.resolve("base"));
        Files.copy(Path.of(root), context.resolve("root.tar"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nADD root.tar /\n");
        BuildRequest request = BuildRequest.of(context, List.of(PLATFORM));
        try (BuiltImages images = new DaemonlessBuilder(registry, line -> {}).build(request)) {
            return images.push(repository).get(0).image();
        }
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 3];
        command[0] = RealTools.command("git");
        command[1] = "-C";
        command[2] = source.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        return RealTools.run(command).strip();
    }

    @Test
    void givesTheDigestThatBuildahGave() throws IOException, InterruptedException {
        givesTheSame(BuilderKind.BUILDAH, false);
    }

    @Test
    void givesTheDigestThatBuildxGave() throws IOException, InterruptedException {
        givesTheSame(BuilderKind.BUILDX, true);
    }

    private void givesTheSame(BuilderKind kind, boolean containerd) throws IOException, InterruptedException {
        RealBuild build = new RealBuild(kind, containerd, source, scratch);
        BuildPlan plan = new SamplePlan(PLATFORM.toString())
                .set("builder", kind.toString())
                .set("fresh", true)
                .set("network", kind == BuilderKind.BUILDX ? "none" : "")
                .set("sourceDateEpoch", 1767225600L)
                .put("buildArgs", "GREETING", "it's me")
                .put("labels", "team", "blue & green")
                .plan();
        Path folder = scratch.resolve("private");
        assertThat(build.run(plan, folder)).as(build.log()).isZero();
        Path released = scratch.resolve("released.tar");
        try (BuiltOutput output = BuiltOutput.read(folder, plan)) {
            output.writeArchive(released);
        }

        String script = ReproduceScript.of(
                plan, build.choose(plan), source.toUri().toString(), git("rev-parse", "HEAD"), plan.baseImages());
        Path laptop = Files.createDirectory(scratch.resolve("laptop"));
        assertThat(build.shell(script, laptop)).as(build.log()).isZero();

        assertThat(digest(laptop.resolve("source/linux-amd64.oci.tar"))).isEqualTo(digest(released));
    }

    private static String digest(Path archive) throws IOException, InterruptedException {
        return RealTools.run(
                RealTools.command("skopeo"), "inspect", "--format", "{{.Digest}}", "oci-archive:" + archive);
    }
}
