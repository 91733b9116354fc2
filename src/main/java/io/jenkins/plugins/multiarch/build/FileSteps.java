package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Carries out the instructions that change files: COPY, ADD and WORKDIR. */
final class FileSteps {
    private final StageState stage;
    private final LayerWriter writer;
    private final Instant time;
    private final Path temporary;
    private final Origins origins;

    /** What {@code --from} names, or the context where it is empty. */
    @FunctionalInterface
    interface Origins {
        SourceTree find(String from, Instruction instruction) throws IOException, InterruptedException;
    }

    FileSteps(StageState stage, LayerWriter writer, Instant time, Path temporary, Origins origins) {
        this.stage = stage;
        this.writer = writer;
        this.time = time;
        this.temporary = temporary;
        this.origins = origins;
    }

    void copy(Instruction instruction, ShellWords words) throws IOException, InterruptedException {
        if (instruction.keyword().equals("ADD")) {
            instruction.refuseFlagsBut("chown", "chmod", "link");
        } else {
            instruction.refuseFlagsBut("from", "chown", "chmod", "link");
        }
        CopyStep step = new CopyStep(instruction, words, stage, time, temporary);
        SourceTree source = origins.find(instruction.flag("from").orElse(""), instruction);
        LayerPlan plan = new LayerPlan(stage.tree(), time);
        if (instruction.has("link")) {
            LayerPlan alone = plan.alone();
            step.copy(source, alone);
            alone.changes().forEach(stage.tree()::put);
            plan = alone;
        } else {
            step.copy(source, plan);
        }
        stage.commit(plan, step.createdBy(), writer);
    }

    /** Makes the folder where it is not there; it belongs to the USER. */
    void workdir(Instruction instruction, String path) throws IOException, InterruptedException {
        String from = path.startsWith("/") ? "" : stage.config().text("WorkingDir");
        String cleaned = "/" + cleaned(from + "/" + path);
        stage.config().text("WorkingDir", cleaned);
        LayerPlan plan = new LayerPlan(stage.tree(), time);
        String user = stage.config().text("User");
        Owner owner = user.isEmpty() ? Owner.ROOT : Owner.parse(user, stage.tree(), instruction);
        String folder = stage.tree().resolve(cleaned);
        Optional<String> obstacle = plan.obstacle(folder);
        if (obstacle.isPresent()) {
            throw instruction.refused(
                    "'/" + Shown.of(obstacle.get()) + "' is not a folder, so nothing can work in it",
                    "Name another folder.");
        }
        plan.putFolders(folder, owner);
        stage.commit(plan, "WORKDIR " + cleaned, writer);
    }

    private static String cleaned(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
