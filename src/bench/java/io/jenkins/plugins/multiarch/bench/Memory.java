package io.jenkins.plugins.multiarch.bench;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves a blob of 2 GiB in, out and across with whatever heap this process was given: {@link Bench} starts it with
 * {@code -Xmx64m}.
 */
public final class Memory {
    private static final long SIZE = 2L << 30;
    private static final Descriptor ZEROS = Descriptor.of(MediaTypes.OCI_LAYER, digestOfZeros(), SIZE);

    private Memory() {}

    public static void main(String[] args) throws Exception {
        String host = RealTools.registry("registry");
        String other = RealTools.registry("registry-basic");
        Credentials known = Credentials.password(RealTools.user(), RealTools.password());
        Registry registry = HttpRegistry.builder()
                .credentials(name -> name.registry().equals(other) ? Optional.of(known) : Optional.empty())
                .build();
        Repository repository = new Repository(host, "bench-" + System.nanoTime());
        registry.push(repository, Blob.of(ZEROS, Zeros::new));
        System.out.println("pushed " + SIZE + " bytes");
        try (InputStream content = registry.open(repository, ZEROS)) {
            System.out.println("pulled " + content.transferTo(OutputStream.nullOutputStream()) + " bytes");
        }
        byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes(StandardCharsets.UTF_8);
        registry.push(repository, Blob.of(MediaTypes.OCI_CONFIG, config));
        registry.put(
                repository,
                Tag.LATEST,
                ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, config), List.of(ZEROS), Map.of()));
        ImageRef image = ImageRef.of(repository, Tag.LATEST);
        new ImageCopy(registry, System.out::println)
                .copy(
                        image.repository(),
                        image.reference(),
                        new Repository(other, repository.path()),
                        List.of(Tag.LATEST),
                        CopyScope.IMAGE);
        System.out.println("heap limit " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
    }

    private static Digest digestOfZeros() {
        MessageDigest hasher = Digest.hasher("sha256");
        byte[] piece = new byte[1 << 20];
        for (long done = 0; done < SIZE; done += piece.length) {
            hasher.update(piece);
        }
        return Digest.finish("sha256", hasher.digest());
    }

    /** As many zeros as the blob has bytes. */
    private static final class Zeros extends InputStream {
        private long left = SIZE;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = (int) Math.min(length, left);
            left -= count;
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
