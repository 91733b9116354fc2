package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Platform;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Dockerfile takes from outside itself and its context: images and named contexts, in FROM and {@code --from}. */
public final class DockerfileImages {
    private static final Pattern MOUNTED = Pattern.compile("(?:^|,)from=([^,]+)");

    private final Dockerfile dockerfile;
    private final Map<String, String> globals;
    private final List<Use> uses = new ArrayList<>();
    private final Deque<Stage> waiting = new ArrayDeque<>();
    private final Set<Integer> seen = new HashSet<>();

    /**
     * One place where something is named.
     *
     * @param line of the instruction, counted from 1
     * @param written as it stands there, variables and all
     * @param name with its variables replaced
     * @param from whether it stands behind FROM, not in {@code from=}
     * @param ofTarget whether it is surely of the platform that is built: the FROM of its stage has no {@code --platform}
     */
    public record Use(int line, String written, String name, boolean from, boolean ofTarget) {}

    private DockerfileImages(Dockerfile dockerfile, Map<String, String> globals) {
        this.dockerfile = dockerfile;
        this.globals = globals;
    }

    /**
     * Everything that the stages needed for the target name, in the order in which it is found; no stages, and not
     * {@code scratch}.
     *
     * @param target the stage that is built, else the last
     * @throws io.jenkins.plugins.multiarch.image.ReleaseException if there is no such stage, or a variable cannot be
     *     replaced
     */
    public static List<Use> of(
            Dockerfile dockerfile, Optional<String> target, Map<String, String> buildArgs, Platform platform) {
        Map<String, String> globals = GlobalArguments.of(dockerfile, buildArgs, platform, platform, target);
        DockerfileImages images = new DockerfileImages(dockerfile, globals);
        images.need(dockerfile.target(target));
        while (!images.waiting.isEmpty()) {
            images.look(images.waiting.remove());
        }
        return List.copyOf(images.uses);
    }

    private void need(Stage stage) {
        if (seen.add(stage.index())) {
            waiting.add(stage);
        }
    }

    private void look(Stage stage) {
        String base = new ShellWords(dockerfile.escape(), globals, stage.from()).expand(stage.image());
        boolean number = base.matches("[0-9]+");
        boolean ofTarget = stage.from().flag("platform").isEmpty();
        add(new Use(stage.from().line(), stage.image(), base, true, ofTarget), number ? 0 : stage.index());
        for (Instruction instruction : stage.instructions()) {
            instruction
                    .flag("from")
                    .ifPresent(from -> add(new Use(instruction.line(), from, from, false, ofTarget), stage.index()));
            for (String mount : mounts(instruction)) {
                add(new Use(instruction.line(), mount, mount, false, ofTarget), stage.index());
            }
        }
    }

    private static List<String> mounts(Instruction instruction) {
        List<String> mounts = new ArrayList<>();
        for (String flag : instruction.flags()) {
            Matcher from = MOUNTED.matcher(flag.startsWith("--mount=") ? flag.substring("--mount=".length()) : "");
            if (from.find()) {
                mounts.add(from.group(1));
            }
        }
        return mounts;
    }

    /** @param before the number of the first stage that cannot be meant */
    private void add(Use use, int before) {
        Optional<Stage> stage = dockerfile.stage(use.name(), before);
        if (stage.isPresent()) {
            need(stage.get());
        } else if (!use.name().equals("scratch") && !use.name().isEmpty()) {
            uses.add(use);
        }
    }
}
