package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageConfig;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Builds the stages of a Dockerfile that one platform needs; others are not looked at, as in BuildKit. */
final class PlatformBuild {
    private final BuildRequest request;
    private final Dockerfile dockerfile;
    private final Platform target;
    private final BaseImages images;
    private final LayerWriter writer;
    private final SourceTree context;
    private final Path temporary;
    private final Map<String, String> globals;
    private final Map<Integer, StageState> built = new HashMap<>();

    PlatformBuild(
            BuildRequest request,
            Dockerfile dockerfile,
            Platform target,
            BaseImages images,
            LayerWriter writer,
            SourceTree context,
            Path temporary) {
        this.request = request;
        this.dockerfile = dockerfile;
        this.target = target;
        this.images = images;
        this.writer = writer;
        this.context = context;
        this.temporary = temporary;
        this.globals =
                GlobalArguments.of(dockerfile, request.buildArgs(), target, request.buildPlatform(), request.target());
    }

    BuiltImage build() throws IOException, InterruptedException {
        StageState stage = stage(dockerfile.target(request.target()));
        stage.config().addLabels(request.labels());
        byte[] bytes = stage.config()
                .write(stage.layers().stream().map(BuiltLayer::diffId).toList());
        ImageConfig config = ImageConfig.parse(bytes);
        if (!config.platform().satisfies(target)) {
            throw new ReleaseException(
                    "The image for " + target + " would be for " + config.platform()
                            + ", as its FROM has another --platform.",
                    "Take --platform from the FROM of the stage that is built.");
        }
        ImageManifest manifest = ImageManifest.of(
                Descriptor.of(MediaTypes.OCI_CONFIG, bytes),
                stage.layers().stream().map(BuiltLayer::descriptor).toList(),
                request.annotations());
        return new BuiltImage(target, manifest, config, stage.layers());
    }

    private StageState stage(Stage stage) throws IOException, InterruptedException {
        StageState known = built.get(stage.index());
        if (known != null) {
            return known;
        }
        StageState state = begin(stage);
        FileSteps files = new FileSteps(
                state,
                writer,
                request.created(),
                temporary,
                (from, instruction) -> source(from, instruction, stage, state.platform()));
        StageSteps steps = new StageSteps(dockerfile.escape(), state, files, request.buildArgs(), globals);
        steps.runTriggers(stage.from());
        for (Instruction instruction : stage.instructions()) {
            steps.run(instruction);
        }
        built.put(stage.index(), state);
        return state;
    }

    private StageState begin(Stage stage) throws IOException, InterruptedException {
        ShellWords words = new ShellWords(dockerfile.escape(), globals, stage.from());
        Optional<String> asked = stage.from().flag("platform").map(words::expand);
        Platform platform = asked.isEmpty() ? target : Platform.parse(asked.get());
        String image = words.expand(stage.image());
        if (image.isEmpty()) {
            throw stage.from()
                    .refused(
                            "FROM " + Shown.of(stage.image()) + " names no image once its variables are replaced",
                            "Declare the variable by ARG before the first FROM, with a default, or give it as a build argument.");
        }
        Optional<BuildContext> named = named(image);
        if (named.isPresent()) {
            return StageState.on(image(named.get(), stage.from(), image, platform), platform, request.created());
        }
        Optional<Stage> earlier = dockerfile.stage(image, stage.index()).filter(s -> !image.matches("[0-9]+"));
        if (earlier.isPresent()) {
            return stage(earlier.get()).next();
        }
        if (image.equals("scratch")) {
            return StageState.scratch(platform, request.created());
        }
        return StageState.on(images.ofRegistry(ImageRef.parse(image), platform), platform, request.created());
    }

    /** A named context stands for its name, and for an image also by its whole name. */
    private Optional<BuildContext> named(String name) {
        Map<String, BuildContext> contexts = request.contexts();
        if (contexts.containsKey(name)) {
            return Optional.of(contexts.get(name));
        }
        return contexts.entrySet().stream()
                .filter(entry -> isSameImage(entry.getKey(), name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isSameImage(String one, String other) {
        try {
            ImageRef first = ImageRef.parse(one);
            ImageRef second = ImageRef.parse(other);
            return first.repository().equals(second.repository())
                    && first.reference().equals(second.reference());
        } catch (ReleaseException e) {
            return false;
        }
    }

    private BaseImage image(BuildContext context, Instruction instruction, String name, Platform platform)
            throws IOException, InterruptedException {
        if (context instanceof BuildContext.RegistryImage image) {
            return images.ofRegistry(image.image(), platform);
        }
        if (context instanceof BuildContext.LayoutImage layout) {
            return images.ofLayout(layout, platform);
        }
        throw instruction.refused(
                "the context '" + Shown.of(name) + "' is a folder, and a stage begins with an image",
                "Write FROM scratch and COPY --from=" + name + " . /.");
    }

    private SourceTree source(String from, Instruction instruction, Stage stage, Platform platform)
            throws IOException, InterruptedException {
        if (from.isEmpty()) {
            return context;
        }
        if (from.contains("$")) {
            throw instruction.refused(
                    "--from=" + Shown.of(from) + " holds a variable, which Docker does not replace there",
                    "Write FROM " + from + " AS name before, and --from=name.");
        }
        Optional<BuildContext> named = named(from);
        if (named.isPresent()) {
            if (named.get() instanceof BuildContext.Folder folder) {
                Path root = folder.path();
                IgnoreRules rules = IgnoreRules.of(root, root.resolve("Dockerfile"));
                return new FolderSource(root, rules, request.created());
            }
            return image(named.get(), instruction, from, platform).tree();
        }
        Optional<Stage> earlier = dockerfile.stage(from, stage.index());
        if (earlier.isPresent()) {
            return stage(earlier.get()).tree();
        }
        if (from.matches("[0-9]+")) {
            throw instruction.refused("there is no stage " + from + " before this one", "Name an earlier stage.");
        }
        return images.ofRegistry(ImageRef.parse(from), platform).tree();
    }
}
