package io.jenkins.plugins.multiarch.bench;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.CopyScope;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.ImageCopy;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bytes into, out of and between registries. */
final class Transfers {
    private static final Tag TAG = new Tag("1");

    /** Other content in every run: skopeo remembers for good where it has seen which blob, and mounts it from there. */
    private static final int SEED = (int) System.nanoTime();

    private final Path folder;
    private final Material material;
    private final Peers peers = new Peers();
    private final String plain = RealTools.registry("registry");
    private final String basic = RealTools.registry("registry-basic");
    private final Registry registry =
            HttpRegistry.builder().credentials(credentials(basic)).build();
    private final String run = "bench-" + System.nanoTime();
    private Blob fresh;

    Transfers(Path folder) {
        this.folder = folder;
        this.material = new Material(folder);
    }

    private static CredentialSource credentials(String host) {
        Credentials known = Credentials.password(RealTools.user(), RealTools.password());
        return repository -> repository.registry().equals(host) ? Optional.of(known) : Optional.empty();
    }

    List<Comparison> comparisons() {
        Repository release = repository("release");
        ImageRef tagged = ImageRef.of(release, TAG);
        Comparison.Job twoPlatforms = n -> {
            if (n == 0) {
                Material.twoPlatforms(registry, tagged, List.of(material.blob(5, 2), material.blob(5, 3)));
            }
        };
        return List.of(
                new Comparison(
                        "push of a blob of 200 MB",
                        "skopeo",
                        1.1,
                        n -> {
                            fresh = material.blob(200, SEED + 100 + n);
                            Material.layout(folder.resolve("layout-" + n), fresh);
                        },
                        n -> registry.push(repository("push-ours-" + n), fresh),
                        n -> peers.skopeoPush(
                                folder.resolve("layout-" + n), "docker://" + repository("push-theirs-" + n) + ":1")),
                new Comparison(
                        "pull of a blob of 200 MB, digest checked",
                        "skopeo",
                        1.1,
                        n -> {
                            fresh = material.blob(200, SEED + 200 + n);
                            Material.image(registry, repository("pull-" + n), "linux/amd64", List.of(fresh), TAG);
                        },
                        n -> pull(repository("pull-" + n), fresh.descriptor(), folder.resolve("pulled-" + n)),
                        n -> peers.skopeoPull(
                                "docker://" + repository("pull-" + n) + ":1", folder.resolve("pulled-layout-" + n))),
                new Comparison(
                        "tag in the same repository",
                        "skopeo copy --all",
                        0.25,
                        twoPlatforms,
                        n -> copy(tagged, release, "ours-" + n, CopyScope.IMAGE),
                        n -> peers.skopeoCopy("docker://" + tagged, "docker://" + release + ":theirs-" + n)),
                new Comparison(
                        "two platforms to another repository of the registry",
                        "skopeo copy --all",
                        0.5,
                        twoPlatforms,
                        n -> copy(tagged, repository("prod-ours-" + n), "1", CopyScope.IMAGE),
                        n -> peers.skopeoCopy(
                                "docker://" + tagged, "docker://" + repository("prod-theirs-" + n) + ":1")),
                new Comparison(
                        "the same, looking for referrers and signatures",
                        "oras cp -r",
                        0,
                        twoPlatforms,
                        n -> copy(tagged, repository("all-ours-" + n), "1", CopyScope.REFERRERS),
                        n -> peers.orasCopy(tagged.toString(), repository("all-theirs-" + n) + ":1")),
                new Comparison(
                        "500 MB in 10 layers to another registry",
                        "skopeo",
                        0.8,
                        n -> Material.image(registry, repository("big-" + n), "linux/amd64", tenLayers(n), TAG),
                        n -> copy(
                                ImageRef.of(repository("big-" + n), TAG),
                                elsewhere("big-ours-" + n),
                                "1",
                                CopyScope.IMAGE),
                        n -> peers.skopeoCopyTo(
                                "docker://" + repository("big-" + n) + ":1",
                                "docker://" + elsewhere("big-theirs-" + n) + ":1",
                                RealTools.user() + ":" + RealTools.password())));
    }

    private List<Blob> tenLayers(int round) throws Exception {
        List<Blob> layers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            layers.add(material.blob(50, SEED + 1000 + 10 * round + i));
        }
        return layers;
    }

    private Repository repository(String name) {
        return new Repository(plain, run + "/" + name);
    }

    private Repository elsewhere(String name) {
        return new Repository(basic, run + "/" + name);
    }

    private void copy(ImageRef image, Repository target, String tag, CopyScope scope) throws InterruptedException {
        new ImageCopy(registry, line -> {})
                .copy(image.repository(), image.reference(), target, List.of(new Tag(tag)), scope);
    }

    private void pull(Repository repository, Descriptor blob, Path file) throws Exception {
        try (InputStream content = registry.open(repository, blob);
                OutputStream out = Files.newOutputStream(file)) {
            content.transferTo(out);
        }
    }
}
