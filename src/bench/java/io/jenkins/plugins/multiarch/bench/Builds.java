package io.jenkins.plugins.multiarch.bench;

import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** From a folder with a Dockerfile to an index in a registry. */
final class Builds {
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64");

    /** Other files in every run, so that no cache knows them. */
    private static final int SEED = (int) (System.nanoTime() & 0xffffff);

    private final Material material;
    private final Peers peers = new Peers();
    private final String host = RealTools.registry("registry");
    private final Registry registry = HttpRegistry.builder().build();
    private final String run = "bench-" + System.nanoTime();
    private Path context;

    Builds(Path folder) {
        this.material = new Material(folder);
    }

    List<Comparison> comparisons() {
        return List.of(
                comparison("50 MB of programs", n -> context = material.programs(50, SEED + n)),
                comparison("50 MB that nothing compresses", n -> context = material.noise(50, SEED + 100 + n)));
    }

    private Comparison comparison(String files, Comparison.Job preparation) {
        return new Comparison(
                "build and push of two platforms, COPY only, " + files,
                "buildah",
                0.33,
                preparation,
                n -> build(new Repository(host, run + "/ours-" + context.getFileName())),
                n -> peers.buildah(
                        context,
                        PLATFORMS,
                        run + ":" + context.getFileName(),
                        "docker://" + host + "/" + run + "/theirs-" + context.getFileName() + ":1"));
    }

    private void build(Repository repository) throws Exception {
        BuildRequest request = BuildRequest.of(context, Platform.parseAll(PLATFORMS));
        try (BuiltImages built = new DaemonlessBuilder(registry, line -> {}).build(request)) {
            IndexRequest index =
                    new IndexRequest(repository, built.push(repository), List.of(new Tag("1")), List.of(), Map.of());
            new IndexAssembly(registry, line -> {}).publish(index);
        }
    }
}
