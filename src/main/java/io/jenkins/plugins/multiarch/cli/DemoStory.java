package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.EmptyBlob;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The story the demo tells: two releases of a small image, from the source folder to production and back. */
final class DemoStory {
    private static final String PLATFORMS = "linux/amd64,linux/arm64";
    private static final String REPORT_TYPE = "application/vnd.demo.test-report";
    /** 2026-01-01, so that the image is the same on every day. */
    private static final String BUILT_AT = "1767225600";

    private final Shell shell;
    private final Registry registry;
    private final Repository hello;
    private final Repository mirror;
    private final Path folder;
    private final Builder builder;
    private final DemoRecord record = new DemoRecord("hello", "1.0");
    private int chapter;

    DemoStory(Shell shell, Registry registry, String host, Path folder, Builder builder) {
        this.shell = shell;
        this.registry = registry;
        this.hello = Repository.parse(host + "/demo/hello");
        this.mirror = Repository.parse(host + "/demo/mirror");
        this.folder = folder;
        this.builder = builder;
    }

    DemoRecord tell() throws IOException, InterruptedException {
        shell.say(
                "A release, from a folder with a Dockerfile to production, in the registry " + hello.registry() + ".");
        DemoSource.unpack(source());
        ObjectNode first = buildFirst();
        record.released("1.0", first);
        gate(first);
        publish(first);
        remarkAndCopy(first);
        promote(first);
        ObjectNode second = release("1.1");
        rollBack(first, second);
        chapter("What is left", "in " + folder + ":");
        new DemoFiles(record.toJson(), archive()).leave(folder).forEach(line -> shell.say("   " + line));
        return record;
    }

    private void chapter(String title, String... lines) {
        chapter++;
        shell.say("");
        shell.say(chapter + ". " + title);
        for (String line : lines) {
            shell.say("   " + line);
        }
    }

    private ObjectNode buildFirst() {
        chapter(
                "Build one image for two processors",
                "The daemonless builder needs no container engine and no emulation. The image is pushed by its digest",
                "and has no tag yet: nothing is released. The same image goes into an archive for the testers.");
        List<String> command = new ArrayList<>(build("1.0"));
        command.addAll(List.of("--output", "oci-archive:" + archive()));
        return shell.run(command);
    }

    private List<String> build(String version) {
        return List.of(
                "build",
                "--image",
                hello.toString(),
                "--platforms",
                PLATFORMS,
                "--context",
                source().toString(),
                "--build-arg",
                "VERSION=" + version,
                "--source-date-epoch",
                BUILT_AT,
                "--builder",
                builder.toString());
    }

    private void gate(ObjectNode built) throws IOException {
        Path file = folder.resolve(DemoFiles.GATE_RECORD);
        ObjectNode gate = Json.object();
        gate.set("record", recordTested(file));

        chapter("Let through what was tested, and nothing else", "The image in the registry is the very same:");
        gate.set("verdict", shell.run(verify(built, file)));

        shell.say("");
        shell.say("   Now somebody changes one line of the greeting and builds again:");
        ObjectNode changed = buildChanged();
        String refusal = shell.refused(verify(changed, file));
        shell.say("   Refused, as it should be: one file differs, and the gate names the step that wrote it.");
        gate.putObject("refused")
                .put("image", changed.path("reference").asText())
                .put("reason", refusal);
        record.put("gate", gate);
    }

    private ObjectNode recordTested(Path file) {
        chapter("Write down what was tested", "The record is a small file that can travel from job to job.");
        return shell.run(List.of(
                "gate",
                "record",
                "--image",
                "oci-archive:" + archive(),
                "--required-platforms",
                PLATFORMS,
                "--record",
                file.toString()));
    }

    private ObjectNode buildChanged() throws IOException {
        Path greeting = source().resolve("greetings/1.0.txt");
        byte[] before = Files.readAllBytes(greeting);
        Files.writeString(greeting, "Hello! This was not tested.\n");
        ObjectNode changed = shell.run(build("1.0"));
        Files.write(greeting, before);
        return changed;
    }

    private static List<String> verify(ObjectNode image, Path file) {
        return List.of("gate", "verify", "--image", image.path("reference").asText(), "--record", file.toString());
    }

    private void publish(ObjectNode built) {
        chapter(
                "Publish it as 1.0",
                "Platforms are read from the images themselves; one too few or too many, and no tag is set.");
        List<String> images = new ArrayList<>();
        for (JsonNode platform : built.path("platforms")) {
            images.add(platform.path("platform").asText() + "=" + hello + "@"
                    + platform.path("digest").asText());
        }
        record.put(
                "image",
                shell.run(List.of(
                        "publish-index",
                        "--image",
                        hello.toString(),
                        "--images",
                        String.join(",", images),
                        "--expected-platforms",
                        PLATFORMS,
                        "--tags",
                        "1.0")));
    }

    private void remarkAndCopy(ObjectNode built) throws InterruptedException {
        chapter(
                "Copy it, with what is said about it",
                "A test report hangs on the image as a referrer. A copy brings it along, and every digest stays.");
        ImageManifest report = report(ImageRef.parse(built.path("reference").asText()));
        shell.say("");
        shell.say("   Attached the test report " + report.digest() + ".");
        record.put(
                "referrer",
                Json.object()
                        .put("artifactType", REPORT_TYPE)
                        .put("digest", report.digest().toString()));
        record.put("copy", shell.run(List.of("copy", hello + ":1.0", mirror + ":1.0", "--referrers")));
    }

    private ImageManifest report(ImageRef image) throws InterruptedException {
        Manifest subject = registry.get(image);
        Blob tests =
                Blob.of("text/plain", "hello: 2 platforms, 2 tests, 0 failures\n".getBytes(StandardCharsets.UTF_8));
        registry.push(hello, tests);
        registry.push(hello, Blob.of(MediaTypes.OCI_EMPTY, EmptyBlob.bytes()));
        ImageManifest report = ImageManifest.artifact(
                REPORT_TYPE, List.of(tests.descriptor()), Optional.of(subject.descriptor()), Map.of());
        registry.put(hello, report.digest(), report);
        return report;
    }

    private void promote(ObjectNode built) {
        chapter(
                "Promote it to dev, then to prod",
                "A channel is a tag. Moving it copies the manifest's raw bytes; nothing is built again. First the plan:");
        shell.run(with(move(built, "dev"), "--plan"));
        record.moved(shell.run(move(built, "dev")));
        record.moved(shell.run(move(built, "prod")));
    }

    private ObjectNode release(String version) {
        chapter("Release " + version + " the same way", "Build, tag and promote to both channels.");
        List<String> command = new ArrayList<>(build(version));
        command.addAll(List.of("--tags", version));
        ObjectNode built = shell.run(command);
        record.released(version, built);
        record.moved(shell.run(move(built, "dev,prod")));
        return built;
    }

    private void rollBack(ObjectNode first, ObjectNode second) {
        chapter(
                "Move prod back",
                "Production has trouble with " + second.path("digest").asText() + ".",
                "The earlier image still stands there by its digest, so going back is the same move.");
        shell.run(with(move(first, "prod"), "--plan"));
        record.moved(shell.run(move(first, "prod")));
        shell.show(List.of("inspect", hello + ":prod"));
    }

    private static List<String> move(ObjectNode image, String tags) {
        return List.of("promote", "--images", image.path("reference").asText(), "--tags", tags);
    }

    private static List<String> with(List<String> command, String flag) {
        List<String> longer = new ArrayList<>(command);
        longer.add(flag);
        return longer;
    }

    private Path source() {
        return folder.resolve("source");
    }

    private Path archive() {
        return folder.resolve(DemoFiles.ARCHIVE);
    }
}
