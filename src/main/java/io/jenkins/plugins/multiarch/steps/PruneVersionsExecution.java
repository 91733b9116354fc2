package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Channels;
import io.jenkins.plugins.multiarch.promote.TagLocks;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.retention.Archive;
import io.jenkins.plugins.multiarch.retention.BegunPlan;
import io.jenkins.plugins.multiarch.retention.ChannelRoots;
import io.jenkins.plugins.multiarch.retention.PruneReport;
import io.jenkins.plugins.multiarch.retention.Retention;
import io.jenkins.plugins.multiarch.retention.RetentionPlan;
import io.jenkins.plugins.multiarch.retention.RetentionRequest;
import io.jenkins.plugins.multiarch.retention.Root;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Prunes on the controller, which has the builds and the turns. Where it was broken off in the middle it goes on with the plan
 * that it had begun.
 */
final class PruneVersionsExecution extends VersionsExecution<PrunedVersions> {
    private static final long serialVersionUID = 1L;

    private final PruneVersionsStep step;

    PruneVersionsExecution(PruneVersionsStep step, StepContext context) {
        super(step, context);
        this.step = step;
    }

    private PruneArguments arguments() {
        return new PruneArguments(step);
    }

    @Override
    void begin() throws IOException, InterruptedException {
        if (arguments().isApplied()) {
            PullRequests.refuse(getContext(), "pruneVersions");
        }
        arguments().check();
    }

    @Override
    PrunedVersions result() throws IOException, InterruptedException {
        RegistryAccess access = access(arguments().registries());
        HttpRegistry registry = access.open(arguments().budget());
        Retention retention = new Retention(registry, stores(registry, access), log());
        PruneFiles files = new PruneFiles(
                getContext().get(Run.class), getContext().get(FlowNode.class).getId());
        if (!arguments().isApplied()) {
            RetentionPlan plan = retention.plan(arguments().request(roots(registry)));
            files.begin(plan);
            files.keepPlan(plan.hash().toString(), listener());
            return new PrunedVersions(plan.toJson());
        }
        try (TagLocks.Held ignored = Promotions.get().locks().takeAll(step.named(), log())) {
            return applied(retention, arguments().request(roots(registry)), files);
        }
    }

    private PrunedVersions applied(Retention retention, RetentionRequest request, PruneFiles files)
            throws IOException, InterruptedException {
        PruneReport report;
        try (Archive archive = Archive.at(files.archive())) {
            Optional<byte[]> begun = files.begun();
            report = begun.isPresent()
                    ? retention.resume(request, BegunPlan.parse(begun.get()), archive)
                    : retention.apply(request, arguments().agreed(), archive, files::begin);
        } catch (IOException | RuntimeException | InterruptedException e) {
            keepAfter(e, files);
            throw e;
        }
        String archive = files.keepArchive(listener());
        files.keepPlan(report.plan().toString(), listener());
        report.refuseIfFailed();
        return new PrunedVersions(
                Json.read(files.begun().orElseThrow(), "The plan that was carried out"), report, archive);
    }

    /** What was deleted before something failed can be brought back too. */
    private void keepAfter(Exception failure, PruneFiles files) throws IOException, InterruptedException {
        try {
            String archive = files.keepArchive(listener());
            if (!archive.isEmpty()) {
                log().accept("What was deleted until then is in the artifact " + archive + ".");
            }
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
            log().accept("The archive of what was deleted until then was not kept: " + e.getMessage());
        }
    }

    /** What is kept beside what tags keep. */
    private List<Root> roots(Registry registry) throws IOException, InterruptedException {
        List<Root> roots = new ArrayList<>(arguments().inventory());
        for (ChannelTarget channel : arguments().channels()) {
            roots.addAll(ChannelRoots.of(channel, new Channels(registry), log()));
        }
        if (step.isKeepBuilds()) {
            Run<?, ?> run = getContext().get(Run.class);
            roots.addAll(new BuildRoots(new StagedSource(run, Jenkins.getAuthentication2())).find());
        }
        return roots;
    }
}
