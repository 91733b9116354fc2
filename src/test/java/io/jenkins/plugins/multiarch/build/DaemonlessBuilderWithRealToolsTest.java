package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Container engines run what we build, and BuildKit makes the same of the same Dockerfile. */
class DaemonlessBuilderWithRealToolsTest {
    private static final List<Platform> TWO = Platform.parseAll(List.of("linux/amd64", "linux/arm64"));

    @TempDir
    private Path folder;

    private PublishedImage published(BuildRequest request) throws IOException, InterruptedException {
        String host = RealTools.registry("registry");
        HttpRegistry registry = HttpRegistry.builder().plainHttp(Set.of(host)).build();
        Repository repository = Repository.parse(host + "/daemonless/" + UUID.randomUUID());
        try (BuiltImages images = new DaemonlessBuilder(registry, line -> {}).build(request)) {
            return new IndexAssembly(registry, line -> {})
                    .publish(new IndexRequest(
                            repository, images.push(repository), List.of(new Tag("1")), TWO, Map.of()));
        }
    }

    /** A folder with a static busybox for each architecture, and a Dockerfile around it. */
    private BuildRequest busybox() throws IOException {
        String amd64 = System.getenv("ENGINES_BASE_AMD64");
        String arm64 = System.getenv("ENGINES_BASE_ARM64");
        assumeTrue(
                amd64 != null && arm64 != null, "ENGINES_BASE_AMD64 and ENGINES_BASE_ARM64 name no root file systems");
        Path context = Files.createDirectory(folder.resolve("busybox"));
        Files.copy(Path.of(amd64), context.resolve("root-amd64.tar"));
        Files.copy(Path.of(arm64), context.resolve("root-arm64.tar"));
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch AS root
                ARG TARGETARCH
                ADD root-$TARGETARCH.tar /
                FROM scratch
                COPY --from=root /bin /bin
                WORKDIR /home/app
                USER 1000:1001
                ENV GREETING=hello
                CMD ["/bin/sh", "-c", "echo $GREETING $(uname -m) $(id -u):$(id -g) $(pwd)"]
                """);
        return BuildRequest.of(context, TWO);
    }

    @Test
    void dockerRunsBothPlatforms() throws IOException, InterruptedException {
        RealTools.require("dockerd", "arm64");
        String image = published(busybox()).reference().repository() + ":1";
        String docker = RealTools.command("docker");

        for (String platform : List.of("linux/amd64", "linux/arm64")) {
            RealTools.run(docker, "pull", "-q", "--platform", platform, image);
            String said = RealTools.run(docker, "run", "--rm", "--network", "none", "--platform", platform, image);

            assertThat(said)
                    .isEqualTo(
                            "hello " + (platform.endsWith("amd64") ? "x86_64" : "aarch64") + " 1000:1001 /home/app\n");
        }
    }

    @Test
    void buildahRunsBothPlatforms() throws IOException, InterruptedException {
        RealTools.require("buildah", "arm64");
        ImageRef image = published(busybox()).reference();
        String buildah = RealTools.command("buildah");

        for (Map.Entry<String, String> machine :
                Map.of("amd64", "x86_64", "arm64", "aarch64").entrySet()) {
            String container = RealTools.run(
                            buildah, "from", "--tls-verify=false", "--arch", machine.getKey(), image.toString())
                    .strip();
            try {
                assertThat(RealTools.run(buildah, "run", container, "--", "/bin/sh", "-c", "uname -m; id -u"))
                        .isEqualTo(machine.getValue() + "\n1000\n");
            } finally {
                RealTools.run(buildah, "rm", container);
            }
        }
    }

    @Test
    void imageToolFindsNothingWrongInALayout() throws IOException, InterruptedException {
        RealTools.require("oci-image-tool");
        Path layout = folder.resolve("layout");
        BuildRequest request = sample().request("FROM scratch", "COPY . /");
        try (BuiltImages images = new SampleBuild(request.context()).build(request);
                OciLayoutWriter writer = OciLayoutWriter.folder(layout)) {
            images.write(writer, images.root("1", List.of(), Map.of()), "1");
            writer.finish();
        }

        String said =
                RealTools.run("oci-image-tool", "validate", "--type", "image", "--ref", "name=1", layout.toString());

        assertThat(said).doesNotContain("error");
    }

    @Test
    void skopeoReadsOurArchivesAndWeReadItsOwn() throws IOException, InterruptedException {
        RealTools.require("skopeo");
        Path ours = folder.resolve("ours.tar");
        Path theirs = folder.resolve("theirs.tar");
        BuildRequest request = sample().request("FROM scratch", "COPY . /");
        try (BuiltImages images = new SampleBuild(request.context()).build(request);
                OciLayoutWriter writer = OciLayoutWriter.archive(ours)) {
            images.write(writer, images.root("1", List.of(), Map.of()), "1");
            writer.finish();
            RealTools.run("skopeo", "copy", "-q", "oci-archive:" + ours + ":1", "oci-archive:" + theirs + ":2");

            try (OciLayout layout = OciLayout.open(theirs)) {
                assertThat(layout.image("2").digest())
                        .isEqualTo(images.images().get(0).digest());
            }
        }
    }

    private SampleBuild sample() throws IOException {
        SampleBuild sample = new SampleBuild(Files.createDirectory(folder.resolve("context")));
        sample.file("one.txt", "1")
                .file("two.txt", "2", "rw-------")
                .file("dir/sub/s.txt", "s", "rwsr-x---")
                .file("dir/top", "t")
                .file("ünï", "u")
                .file("log/a.log", "a")
                .file("log/keep.log", "k")
                .file(".dockerignore", "**/*.log\n!log/keep.log\n")
                .link("dir/out", "../nowhere")
                .link("one", "one.txt")
                .archive(
                        "a.tar",
                        TarEntry.directory("x", 02750).withOwner(7, 8),
                        TarEntry.file("x/f", 0640, 2).withOwner(7, 8),
                        TarEntry.symlink("x/l", "f"));
        return sample;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COPY . /",
                "COPY dir /a|COPY dir /b/|COPY dir/ /c/d/|COPY one /e/|COPY one.txt /f",
                "COPY *.txt /k/|COPY d?r/s* /l/|COPY [no]* /m/|COPY none* /n/",
                "COPY --chown=5:6 dir /o/p|COPY --chmod=640 dir /q|COPY dir /q|COPY one.txt /q/sub/",
                "ADD a.tar one.txt /r/|ADD a.tar /|COPY --chown=3 one.txt /x/",
                "WORKDIR /w/x|COPY one.txt .|WORKDIR ../y|COPY one.txt two.txt ./|USER 7:8|WORKDIR z",
                "ENV A=1 B=\"x y\" C=$A|ENV A=2 D=$A|ARG A=3|ENV E=$A F=${Z:-z} G='$A' H=a\\ b|LABEL l=$B \"m n\"=o",
                "CMD a b|ENTRYPOINT [\"/e\"]|EXPOSE 80 90-91/udp|VOLUME /v /w|STOPSIGNAL 9",
                "SHELL [\"/sh\",\"-c\"]|CMD x|HEALTHCHECK --interval=5s --retries=2 CMD y|ONBUILD COPY . /",
            })
    void buildKitMakesTheSame(String instructions) throws IOException, InterruptedException {
        RealTools.require("dockerd");
        BuildRequest request = sample().request(("FROM scratch|COPY one.txt /first|" + instructions).split("\\|"));

        try (BuiltImages images = new SampleBuild(request.context()).build(request)) {
            BuiltImage image = images.images().get(0);

            assertThat(SampleBuild.files(image, Integer.MAX_VALUE)).isEqualTo(filesOfBuildKit(request));
            assertThat(said(image.config().json().path("config"))).isEqualTo(said(configOfBuildKit(request)));
        }
    }

    private Map<String, String> filesOfBuildKit(BuildRequest request) throws IOException, InterruptedException {
        Path tar = folder.resolve("buildkit.tar");
        docker(request, "-o", "type=tar,dest=" + tar);
        Map<String, String> files = new TreeMap<>();
        try (InputStream in = Files.newInputStream(tar);
                TarArchiveInputStream archive = new TarArchiveInputStream(in, "UTF-8")) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                files.put(entry.getName().replaceFirst("/$", ""), SampleBuild.shown(entry, archive));
            }
        }
        return files;
    }

    private JsonNode configOfBuildKit(BuildRequest request) throws IOException, InterruptedException {
        String tag = "daemonless-" + UUID.randomUUID();
        docker(request, "-t", tag);
        String docker = RealTools.command("docker");
        String config = RealTools.run(docker, "inspect", "--format", "{{json .Config}}", tag);
        RealTools.run(docker, "rmi", tag);
        return Json.read(config.strip().getBytes(StandardCharsets.UTF_8), "The configuration");
    }

    private static void docker(BuildRequest request, String... output) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                "env",
                "DOCKER_BUILDKIT=1",
                RealTools.command("docker"),
                "build",
                "-q",
                "--platform",
                "linux/amd64",
                "-f",
                request.dockerfile().toString()));
        command.addAll(List.of(output));
        command.add(request.context().toString());
        RealTools.run(command.toArray(String[]::new));
    }

    /** Without what says nothing: Docker shows fields that are empty, too. */
    private static Map<String, String> said(JsonNode config) {
        Map<String, String> fields = new TreeMap<>();
        config.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            boolean empty = value.isNull()
                    || value.isContainerNode() && value.isEmpty()
                    || value.asText().equals("false");
            if (!empty && (value.isContainerNode() || !value.asText().isEmpty())) {
                fields.put(field.getKey(), sorted(value).toString());
            }
        });
        return fields;
    }

    private static JsonNode sorted(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        value.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        ObjectNode sorted = Json.object();
        fields.forEach(sorted::set);
        return sorted;
    }
}
