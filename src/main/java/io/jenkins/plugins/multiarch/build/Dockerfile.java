package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Dockerfile, read but not yet expanded: variables depend on platform and stage.
 *
 * @param escape the character that continues lines and takes the meaning from the next, {@code \} or <code>`</code>
 * @param globals the ARG instructions before the first FROM
 */
public record Dockerfile(char escape, List<Instruction> globals, List<Stage> stages) {
    private static final Pattern STAGE_NAME = Pattern.compile("[a-z][a-z0-9-_.]*");

    public Dockerfile {
        globals = List.copyOf(globals);
        stages = List.copyOf(stages);
    }

    /**
     * Reads the text of a Dockerfile.
     *
     * @throws ReleaseException naming the line that cannot be understood
     */
    public static Dockerfile parse(String text) {
        DockerfileParser parser = new DockerfileParser(text);
        List<Instruction> all = parser.instructions();
        List<Instruction> globals = new ArrayList<>();
        int first = 0;
        while (first < all.size() && !all.get(first).keyword().equals("FROM")) {
            Instruction global = all.get(first++);
            if (!global.keyword().equals("ARG")) {
                throw global.refused(
                        global.keyword() + " stands before the first FROM", "Only ARG may; put a FROM before it.");
            }
            globals.add(global);
        }
        if (first == all.size()) {
            throw new ReleaseException("The Dockerfile has no FROM.", "Begin it with FROM scratch, or with an image.");
        }
        return new Dockerfile(parser.escape(), globals, stages(all.subList(first, all.size())));
    }

    private static List<Stage> stages(List<Instruction> all) {
        List<Stage> stages = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= all.size(); i++) {
            if (i == all.size() || all.get(i).keyword().equals("FROM")) {
                stages.add(stage(stages.size(), all.get(start), all.subList(start + 1, i)));
                start = i;
            }
        }
        return stages;
    }

    private static Stage stage(int index, Instruction from, List<Instruction> instructions) {
        List<String> words = List.of(from.text().split("\\s+"));
        boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("AS");
        if (from.text().isEmpty() || words.size() != 1 && !named) {
            throw from.refused("FROM needs one image, and may have a name", "Write FROM image AS name.");
        }
        from.refuseFlagsBut("platform");
        String name = named ? words.get(2).toLowerCase(Locale.ROOT) : "";
        if (named && !STAGE_NAME.matcher(name).matches()) {
            throw from.refused(
                    "'" + Shown.of(name) + "' is not a name of a stage",
                    "Begin it with a letter, then letters, digits, '-', '_' or '.'.");
        }
        return new Stage(index, from, words.get(0), name, instructions);
    }

    /** The last stage of this name or number before another. */
    Optional<Stage> stage(String name, int before) {
        for (int i = Math.min(before, stages.size()) - 1; i >= 0; i--) {
            Stage stage = stages.get(i);
            boolean named = !stage.name().isEmpty() && stage.name().equalsIgnoreCase(name);
            if (named || name.equals(Integer.toString(i))) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }

    /** The stage to build: the named one, else the last. */
    Stage target(Optional<String> name) {
        if (name.isEmpty()) {
            return stages.get(stages.size() - 1);
        }
        return stage(name.get(), stages.size())
                .orElseThrow(() -> new ReleaseException(
                        "The Dockerfile has no stage '" + Shown.of(name.get()) + "'.",
                        "Name one of: "
                                + String.join(
                                        ", ",
                                        stages.stream()
                                                .map(s -> s.name().isEmpty() ? "" + s.index() : s.name())
                                                .toList())
                                + "."));
    }
}
