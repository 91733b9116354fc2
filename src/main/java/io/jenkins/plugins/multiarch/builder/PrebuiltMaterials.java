package io.jenkins.plugins.multiarch.builder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.multiarch.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The digests of prebuilt programs as they were arranged for a build. */
final class PrebuiltMaterials {
    /** So many files are listed; a folder of more is one material. */
    private static final int MAX_FILES = 100;

    private static final String SHA256 = "sha256";

    private PrebuiltMaterials() {}

    /**
     * Each file, as {@code amd64/app}; or the whole folder by the digest of its list, in-toto's {@code dirHash}.
     *
     * @param artifacts what {@link PrebuiltPrograms#arrange} filled
     */
    static List<Material> of(Path artifacts, String arch) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(artifacts)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(artifacts.relativize(file).toString(), digest(file));
            }
        }
        if (digests.size() > MAX_FILES) {
            return List.of(new Material("prebuilt programs " + arch, "", "dirHash", dirHash(digests)));
        }
        return digests.entrySet().stream()
                .map(file -> new Material("prebuilt program " + file.getKey(), "", SHA256, file.getValue()))
                .toList();
    }

    private static String digest(Path file) throws IOException {
        MessageDigest hasher = Digest.hasher(SHA256);
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), hasher)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.finish(SHA256, hasher.digest()).hex();
    }

    /** What Go's {@code dirhash.Hash1} makes of them, in hexadecimal. */
    private static String dirHash(SortedMap<String, String> digests) {
        StringBuilder list = new StringBuilder();
        digests.forEach(
                (name, digest) -> list.append(digest).append("  ").append(name).append('\n'));
        return Digest.sha256(list.toString().getBytes(UTF_8)).hex();
    }
}
