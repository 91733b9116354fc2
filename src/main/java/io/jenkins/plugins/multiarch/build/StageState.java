package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Platform;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stage as far as it is built: configuration, layers, and the files that they make. */
final class StageState {
    private final Platform platform;
    private final ConfigDraft config;
    private final List<BuiltLayer> layers;
    private final TreeSource base;
    private final Map<String, String> variables;
    private Optional<FileTree> tree = Optional.empty();

    /** The files that a stage begins with; asked for only where an instruction needs to know them. */
    @FunctionalInterface
    interface TreeSource {
        FileTree tree() throws IOException, InterruptedException;
    }

    private StageState(Platform platform, ConfigDraft config, List<BuiltLayer> layers, TreeSource base) {
        this.platform = platform;
        this.config = config;
        this.layers = new ArrayList<>(layers);
        this.base = base;
        this.variables = new HashMap<>(config.env());
    }

    static StageState scratch(Platform platform, Instant created) {
        return new StageState(platform, ConfigDraft.scratch(platform, created), List.of(), FileTree::empty);
    }

    static StageState on(BaseImage image, Platform platform, Instant created) {
        ConfigDraft config = ConfigDraft.on(image.config(), created);
        return new StageState(
                platform, config, image.layers(), () -> image.tree().copy());
    }

    /** Of a stage that begins with this one; it knows its ARGs too, but ENV comes first (BuildKit's dockerfile2llb). */
    StageState next() {
        StageState next = new StageState(platform, config.copy(), layers, () -> tree().copy());
        next.variables.putAll(variables);
        next.variables.putAll(config.env());
        return next;
    }

    Platform platform() {
        return platform;
    }

    ConfigDraft config() {
        return config;
    }

    List<BuiltLayer> layers() {
        return layers;
    }

    /** The files; what changes them goes through a {@link LayerPlan}. */
    FileTree tree() throws IOException, InterruptedException {
        if (tree.isEmpty()) {
            tree = Optional.of(base.tree());
        }
        return tree.get();
    }

    /** What variables mean here: of ENV and ARG the last one decides. */
    Map<String, String> variables() {
        return variables;
    }

    /** Notes a step, and writes its layer if it changed a file. */
    void commit(LayerPlan plan, String createdBy, LayerWriter writer) throws IOException, InterruptedException {
        if (!plan.isEmpty()) {
            layers.add(writer.write(plan));
        }
        config.history(createdBy, plan.isEmpty());
    }
}
