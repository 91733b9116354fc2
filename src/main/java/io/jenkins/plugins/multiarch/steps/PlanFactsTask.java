package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.plan.FoundVersion;
import io.jenkins.plugins.multiarch.plan.ReleaseRules;
import io.jenkins.plugins.multiarch.plan.VersionFile;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds out for a plan what only the workspace and the registry know.
 *
 * @param rules the rules as text, where they are not in a file
 * @param rulesFile the file of the workspace with the rules; without it and without rules, the usual one if it is there
 * @param image whose tags in the registry tell which versions there are
 * @param commit whose date is looked for, or empty
 */
record PlanFactsTask(
        @CheckForNull String rules,
        @CheckForNull String rulesFile,
        @CheckForNull String image,
        String commit) implements RegistryTask<FoundFacts> {
    private static final long serialVersionUID = 1L;

    /** Where rules are looked for when nobody says where they are. */
    static final String USUAL_FILE = "release-rules.json";

    @Override
    public List<String> registries() {
        return image == null
                ? List.of()
                : List.of(StepArguments.repository(image).registry());
    }

    @Override
    public FoundFacts run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        Optional<String> written = rules == null ? fromFile(workspace, log) : Optional.of(rules);
        ReleaseRules read = written.map(PlanFactsTask::parse).orElseGet(ReleaseRules::standard);
        ArrayList<String> versions = new ArrayList<>();
        for (VersionFile file : read.versionFiles()) {
            versions.add(version(file, workspace).text());
        }
        List<String> tags = new ArrayList<>();
        long date = FoundFacts.NO_DATE;
        if (workspace.isPresent()) {
            CloneHistory clone = new CloneHistory(workspace.get(), log);
            tags.addAll(clone.tags());
            date = clone.date(commit).orElse(FoundFacts.NO_DATE);
        }
        if (image != null) {
            Repository repository = StepArguments.repository(image);
            registry.tags(repository).stream().map(Tag::name).forEach(tags::add);
        }
        return new FoundFacts(written.orElse(""), versions, new ArrayList<>(tags), date);
    }

    private static ReleaseRules parse(String text) {
        return ReleaseRules.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> fromFile(Optional<Path> workspace, Consumer<String> log) throws IOException {
        if (rulesFile == null) {
            Optional<Path> usual =
                    workspace.map(folder -> folder.resolve(USUAL_FILE)).filter(Files::isRegularFile);
            return usual.isEmpty() ? Optional.empty() : Optional.of(read(USUAL_FILE, workspace, log));
        }
        return Optional.of(read(rulesFile, workspace, log));
    }

    private static String read(String path, Optional<Path> workspace, Consumer<String> log) throws IOException {
        Path file = FilesTask.file(workspace, path, "rulesFile", USUAL_FILE);
        log.accept("The rules are those of " + path + ".");
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(ReleaseRules.MAX_SIZE + 1), StandardCharsets.UTF_8);
        }
    }

    private static FoundVersion version(VersionFile file, Optional<Path> workspace) throws IOException {
        return file.readBelow(workspace.orElseThrow(() -> new ReleaseException(
                "The rules name '" + file.file()
                        + "' to read the version from, and releasePlan was called outside node, where there is no workspace.",
                "Call it inside the node that has the sources.")));
    }
}
