package io.jenkins.plugins.multiarch.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarWriter;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A context to build from, and what came out of it, as commons-compress reads it. */
final class SampleBuild {
    private static final Platform AMD64 = Platform.parse("linux/amd64");

    private final Path context;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();

    SampleBuild(Path context) {
        this.context = context;
    }

    /** A context of some files, folders and links in a folder that has more than the context. */
    static SampleBuild withFiles(Path folder) throws IOException {
        Files.writeString(folder.resolve("outside"), "secret");
        return new SampleBuild(Files.createDirectory(folder.resolve("context")))
                .file("one.txt", "1")
                .file("two.txt", "2", "rw-------")
                .file("dir/sub/s.txt", "s")
                .file("dir/top", "t", "rwxr-x---")
                .link("dir/out", "../../../etc/passwd")
                .link("one", "one.txt")
                .link("away", "../outside");
    }

    InMemoryRegistry registry() {
        return registry;
    }

    List<String> log() {
        return log;
    }

    SampleBuild file(String path, String content) throws IOException {
        return file(path, content, "rw-r--r--");
    }

    SampleBuild file(String path, String content, String permissions) throws IOException {
        Path file = context.resolve(path);
        folders(file.getParent());
        Files.writeString(file, content);
        boolean asItsOwner = permissions.charAt(2) == 's';
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions.replace('s', 'x')));
        if (asItsOwner) {
            Files.setAttribute(file, "unix:mode", (int) Files.getAttribute(file, "unix:mode") | 04000);
        }
        return this;
    }

    private void folders(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            folders(folder.getParent());
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    SampleBuild link(String path, String target) throws IOException {
        folders(context.resolve(path).getParent());
        Files.createSymbolicLink(context.resolve(path), Path.of(target));
        return this;
    }

    SampleBuild archive(String path, TarEntry... entries) throws IOException {
        Files.write(context.resolve(path), tar(entries));
        return this;
    }

    /** A base image in the registry, one layer for each list of entries. */
    void base(String reference, String config, TarEntry[]... layers) throws IOException, InterruptedException {
        String[] parts = reference.split(":");
        Repository repository = Repository.parse(parts[0]);
        List<Descriptor> descriptors = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (TarEntry[] layer : layers) {
            Blob blob = Blob.of(MediaTypes.DOCKER_LAYER_GZIP.replace(".gzip", ""), tar(layer));
            registry.push(repository, blob);
            descriptors.add(blob.descriptor());
            ids.add("\"" + blob.digest() + "\"");
        }
        Blob json = Blob.of(
                MediaTypes.OCI_CONFIG,
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":" + config
                                + ",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[" + String.join(",", ids) + "]}}")
                        .getBytes(UTF_8));
        registry.push(repository, json);
        registry.put(repository, new Tag(parts[1]), ImageManifest.of(json.descriptor(), descriptors, Map.of()));
    }

    private static byte[] tar(TarEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes)) {
            for (TarEntry entry : entries) {
                tar.put(
                        entry,
                        new ByteArrayInputStream("x".repeat((int) entry.size()).getBytes(UTF_8)));
            }
        }
        return bytes.toByteArray();
    }

    BuildRequest request(String... dockerfile) throws IOException {
        Path file = Files.createTempDirectory(context.getParent(), "dockerfile").resolve("Dockerfile");
        Files.writeString(file, String.join("\n", dockerfile) + "\n");
        return BuildRequest.of(context, List.of(AMD64)).withDockerfile(file);
    }

    BuiltImages build(BuildRequest request) throws IOException, InterruptedException {
        return new DaemonlessBuilder(registry, log::add).build(request);
    }

    BuiltImages build(String... dockerfile) throws IOException, InterruptedException {
        return build(request(dockerfile));
    }

    /** The files of the last layers, by path: {@code type mode uid:gid target-or-content}. */
    Map<String, String> files(int layers, String... dockerfile) throws IOException, InterruptedException {
        try (BuiltImages images = build(dockerfile)) {
            return files(images.images().get(0), layers);
        }
    }

    static Map<String, String> files(BuiltImage image, int layers) throws IOException, InterruptedException {
        Map<String, String> files = new TreeMap<>();
        List<BuiltLayer> all = image.layers();
        for (BuiltLayer layer : all.subList(Math.max(0, all.size() - layers), all.size())) {
            try (InputStream in = new GZIPInputStream(layer.content().open());
                    TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    files.put(entry.getName().replaceFirst("/$", ""), shown(entry, tar));
                }
            }
        }
        return files;
    }

    static String shown(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        String start = String.format(
                "%s %04o %d:%d",
                entry.isDirectory() ? "d" : entry.isSymbolicLink() ? "l" : entry.isLink() ? "h" : "f",
                entry.getMode() & 07777,
                entry.getLongUserId(),
                entry.getLongGroupId());
        String content = entry.isFile() && entry.getLinkName().isEmpty()
                ? new String(tar.readAllBytes(), UTF_8)
                : entry.getLinkName();
        return (start + " " + content).strip();
    }
}
