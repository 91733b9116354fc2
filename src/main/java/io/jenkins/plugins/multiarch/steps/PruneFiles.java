package io.jenkins.plugins.multiarch.steps;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.retention.RetentionPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;

/**
 * What a pruning leaves: its plan and the archive of what it deleted. They are in the folder of the build as long as it goes
 * on, from which a restart goes on with it, and become artifacts below {@code pruned/}.
 *
 * @param id of the step in the build
 */
record PruneFiles(Run<?, ?> run, String id) {
    private static final String FOLDER = "multiarch-release/prune";
    private static final String ARTIFACTS = "pruned/";
    private static final String PLAN = "plan.json";
    private static final String ARCHIVE = "pruned.jsonl";
    private static final Pattern ARCHIVES =
            Pattern.compile(Pattern.quote(ARTIFACTS) + "([0-9]+-)?" + Pattern.quote(ARCHIVE));

    /** The artifact with what the first pruning of a build deleted. */
    static final String FIRST_ARCHIVE = ARTIFACTS + ARCHIVE;

    /** @throws ReleaseException if no pruning leaves an archive of this name */
    static void refuseUnlessArchive(String artifact) {
        if (!ARCHIVES.matcher(artifact).matches()) {
            throw new ReleaseException(
                    "'" + Shown.of(artifact) + "' is not the archive of a pruning.",
                    "Write what pruneVersions returned as archive, as in " + FIRST_ARCHIVE + ".");
        }
    }

    private Path all() {
        return run.getRootDir().toPath().resolve(FOLDER);
    }

    private Path folder() throws IOException {
        return Files.createDirectories(all().resolve(id));
    }

    Path archive() throws IOException {
        return folder().resolve(ARCHIVE);
    }

    /** The plan that the step began to carry out, as JSON; nothing where it has deleted nothing yet. */
    Optional<byte[]> begun() throws IOException {
        Path plan = folder().resolve(PLAN);
        return Files.exists(plan) ? Optional.of(Files.readAllBytes(plan)) : Optional.empty();
    }

    /** Writes down a plan as a whole or not at all. */
    void begin(RetentionPlan plan) {
        try {
            Path written = Files.createTempFile(folder(), PLAN, ".tmp");
            Files.write(written, Json.write(plan.toJson()));
            Files.move(written, folder().resolve(PLAN), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the plan an artifact; one that is there under the same hash is written again. */
    void keepPlan(String hash, TaskListener listener) throws InterruptedException {
        keep(PLAN, hash, listener);
    }

    /** Makes the archive an artifact, and returns its path; an empty one where nothing was deleted. */
    String keepArchive(TaskListener listener) throws IOException, InterruptedException {
        return Files.exists(archive()) && Files.size(archive()) > 0 ? keep(ARCHIVE, id, listener) : "";
    }

    private String keep(String name, String owner, TaskListener listener) throws InterruptedException {
        try {
            String artifact = artifact(name, owner);
            run.pickArtifactManager()
                    .archive(
                            new FilePath(folder().toFile()),
                            Jenkins.get().createLauncher(listener),
                            BuildListenerAdapter.wrap(listener),
                            Map.of(artifact, name));
            return artifact;
        } catch (IOException e) {
            throw new ReleaseException(
                    ARTIFACTS + name + " could not be kept among the artifacts: "
                            + e.getClass().getSimpleName() + " " + Shown.of(String.valueOf(e.getMessage())) + ".",
                    "Take it from " + FOLDER + "/" + id + "/" + name
                            + " in the folder of the build on the controller, and make room for artifacts.",
                    e);
        }
    }

    /** The plain name for the first of a build, and one with the step's id for others. */
    private String artifact(String name, String owner) throws IOException {
        Path claim = all().resolve(name + ".owner");
        try {
            Files.writeString(claim, owner, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return ARTIFACTS + name;
        } catch (FileAlreadyExistsException e) {
            return ARTIFACTS + (Files.readString(claim).equals(owner) ? name : id + "-" + name);
        }
    }
}
