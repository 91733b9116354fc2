package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.RequestBudget;
import io.jenkins.plugins.multiarch.retention.RestoreReport;
import io.jenkins.plugins.multiarch.retention.Restoring;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.util.VirtualFile;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Restores on the controller; what is back already is left as it is, so that it may be done any number of times. */
final class RestoreVersionsExecution extends VersionsExecution<RestoredVersions> {
    private static final long serialVersionUID = 1L;

    private final RestoreVersionsStep step;

    /** The build that pruned; "the last" one stays the same when the step runs again. */
    private String source = "";

    RestoreVersionsExecution(RestoreVersionsStep step, StepContext context) {
        super(step, context);
        this.step = step;
    }

    @Override
    void begin() throws IOException, InterruptedException {
        PullRequests.refuse(getContext(), "restoreVersions");
        if (step.named().isEmpty()) {
            throw new ReleaseException(
                    "No repository was named, so there is nothing to restore.",
                    "Name those that were pruned, as in ghcr.io/acme/app.");
        }
        step.kind();
        PruneFiles.refuseUnlessArchive(step.getArchive());
        source = new StagedSource(getContext().get(Run.class), Jenkins.getAuthentication2())
                .find(step.getFrom(), step.getBuild())
                .getExternalizableId();
    }

    @Override
    RestoredVersions result() throws IOException, InterruptedException {
        List<Repository> repositories = step.named();
        RegistryAccess access = access(
                repositories.stream().map(Repository::registry).distinct().toList());
        HttpRegistry registry = access.open(RequestBudget.NONE);
        Path archive = Files.createTempFile("pruned", ".jsonl");
        try (TagLocks.Held ignored = Promotions.get().locks().takeAll(repositories, log())) {
            try (InputStream content = artifact().open()) {
                Files.copy(content, archive, StandardCopyOption.REPLACE_EXISTING);
            }
            RestoreReport report = new Restoring(registry, stores(registry, access), log())
                    .restore(archive, one -> repositories.contains(one.repository()));
            return new RestoredVersions(report);
        } finally {
            Files.delete(archive);
        }
    }

    private VirtualFile artifact() throws IOException {
        Run<?, ?> build = Run.fromExternalizableId(source);
        if (build == null) {
            throw StagedSource.gone(source.replace("#", " #"));
        }
        VirtualFile file = build.getArtifactManager().root().child(step.getArchive());
        if (!file.isFile()) {
            throw new ReleaseException(
                    build.getParent().getFullName() + " #" + build.getNumber() + " has no artifact '"
                            + step.getArchive() + "': it deleted nothing, or its artifacts were discarded since.",
                    "Name the build that pruned, and the artifact that its pruneVersions returned as archive.");
        }
        return file;
    }
}
