package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.build.BuildContext;
import io.jenkins.plugins.multiarch.build.Dockerfile;
import io.jenkins.plugins.multiarch.build.DockerfileImages;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The base images of a Dockerfile as they are now, so that a build uses exactly those. */
public final class BasePins {
    private final BuildPlan plan;
    private final Registry registry;
    private final Consumer<String> log;
    private final Map<String, ImageRef> pins;

    private BasePins(BuildPlan plan, Registry registry, Consumer<String> log) {
        this.plan = plan;
        this.registry = registry;
        this.log = log;
        this.pins = new TreeMap<>(plan.baseImages());
    }

    /**
     * The exact image for every name in FROM and {@code --from} that the build needs and that has no digest, also where a
     * context says which image that is; those that the plan says already are as the plan says. What cannot be asked for is
     * not pinned, and the log says so.
     *
     * @return to be given to {@link BuildPlan#withBaseImages}
     */
    public static Map<String, ImageRef> of(Path workspace, BuildPlan plan, Registry registry, Consumer<String> log)
            throws IOException, InterruptedException {
        Path file = WorkspacePaths.of(workspace).file(plan.dockerfilePath(), "The Dockerfile");
        String text = DockerfileContent.text(DockerfileContent.read(file));
        BasePins pins = new BasePins(plan, registry, log);
        for (String name : pins.names(text)) {
            pins.pin(name);
        }
        return Map.copyOf(pins.pins);
    }

    private List<String> names(String text) {
        try {
            return DockerfileImages.of(Dockerfile.parse(text), plan.target(), plan.buildArgs(), plan.platform())
                    .stream()
                    .map(DockerfileImages.Use::name)
                    .distinct()
                    .filter(this::isOpen)
                    .toList();
        } catch (ReleaseException e) {
            log.accept("The base images are not pinned: " + e.fact());
            return List.of();
        }
    }

    private boolean isOpen(String name) {
        boolean artifacts = name.equals(BuildPlan.ARTIFACTS) && !plan.prebuilt().isEmpty();
        return !artifacts && !pins.containsKey(name) && meant(name).isPresent();
    }

    /** What to ask a registry for; nothing where a folder or a layout is meant. */
    private Optional<String> meant(String name) {
        String context = plan.contexts().get(name);
        if (context == null) {
            return Optional.of(name);
        }
        return BuildContext.parse(context) instanceof BuildContext.RegistryImage other
                ? Optional.of(other.image().toString())
                : Optional.empty();
    }

    private void pin(String name) throws InterruptedException {
        try {
            ImageRef image = ImageRef.parse(meant(name).orElseThrow());
            if (image.digest().isPresent()) {
                return;
            }
            Optional<Descriptor> now = registry.head(image.repository(), image.reference());
            if (now.isPresent()) {
                pins.put(name, image.at(now.get().digest()));
            } else {
                log.accept("The base image " + name + " is not pinned: the registry does not show it.");
            }
        } catch (ReleaseException e) {
            log.accept("The base image " + name + " is not pinned: " + e.fact());
        }
    }

    /** The registries that the build pulls images from, as far as the Dockerfile can be understood. */
    public static List<String> registries(BuildPlan plan, String dockerfile) {
        Stream<String> named =
                dockerfile.isBlank() ? Stream.of() : images(dockerfile, plan).map(DockerfileImages.Use::name);
        Stream<ImageRef> images = Stream.concat(
                named.filter(name -> !plan.baseImages().containsKey(name)).flatMap(BasePins::image),
                plan.baseImages().values().stream());
        Stream<ImageRef> contexts = plan.contexts().values().stream()
                .map(BuildContext::parse)
                .flatMap(context ->
                        context instanceof BuildContext.RegistryImage image ? Stream.of(image.image()) : Stream.of());
        return Stream.concat(images, contexts)
                .map(image -> image.repository().registry())
                .distinct()
                .toList();
    }

    private static Stream<DockerfileImages.Use> images(String dockerfile, BuildPlan plan) {
        try {
            return DockerfileImages.of(Dockerfile.parse(dockerfile), plan.target(), plan.buildArgs(), plan.platform())
                    .stream();
        } catch (ReleaseException e) {
            // Whoever builds says it better, with the line.
            return Stream.of();
        }
    }

    /** A name that stands for something else than an image is for the builder to judge. */
    private static Stream<ImageRef> image(String name) {
        try {
            return Stream.of(ImageRef.parse(name));
        } catch (ReleaseException e) {
            return Stream.of();
        }
    }
}
