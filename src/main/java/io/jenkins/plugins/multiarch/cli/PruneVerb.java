package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.retention.Anchors;
import io.jenkins.plugins.multiarch.retention.Archive;
import io.jenkins.plugins.multiarch.retention.LeftBehind;
import io.jenkins.plugins.multiarch.retention.PlanHash;
import io.jenkins.plugins.multiarch.retention.PruneReport;
import io.jenkins.plugins.multiarch.retention.Retention;
import io.jenkins.plugins.multiarch.retention.RetentionPlan;
import io.jenkins.plugins.multiarch.retention.RetentionRequest;
import io.jenkins.plugins.multiarch.retention.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes what no rule keeps and nothing that is kept needs. */
@Command(
        name = "prune",
        header = "Deletes images that no rule keeps and nothing that is kept needs.",
        description =
                "A tag is kept where any rule keeps it, and where no rule means it. What is kept stays whole: what an index"
                        + " lists, and all that is about it. Says what would go, and why; deletes with --apply alone, and"
                        + " writes every manifest into an archive before that.",
        footer = {
            "  multiarch-release prune --repositories ghcr.io/acme/app --keep 'dev-*=10' --keep-younger 'prod-*=180d'",
            "  multiarch-release prune --repositories ghcr.io/acme/app --keep 'dev-*=10' --apply"
        })
final class PruneVerb extends Verb {

    @Option(
            names = "--repositories",
            required = true,
            split = ",",
            paramLabel = "REPOSITORY",
            description = "Where to look, without tag or digest.")
    private List<Repository> repositories;

    @Mixin
    private KeepOptions keep;

    @Mixin
    private StoreOptions stores;

    @Option(
            names = "--anchor",
            description = "Give what stays and has no tag one of its own, sha256-….kept, for the garbage collection of"
                    + " docker-registry 2, which with -m deletes what has none.")
    private boolean anchor;

    @ArgGroup
    private Doing doing = new Doing();

    @Option(
            names = "--archive",
            paramLabel = "FILE",
            description =
                    "Where manifests are written before they are deleted, for restore; without, into a folder of this"
                            + " program, which is said. What an earlier run wrote there and did not come to delete goes as well.")
    private Path archive;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            description = "Where archives are kept, as promote keeps its journals.")
    private Path state;

    /** To look at it first, or to do it. */
    private static final class Doing {
        @Option(names = "--plan", description = "Say what would go; what is done unless said otherwise.")
        private boolean plan;

        @Option(
                names = "--apply",
                arity = "0..1",
                fallbackValue = "",
                paramLabel = "HASH",
                description = "Delete; with a hash only if the plan is that one still.")
        private String apply;

        boolean isPlan() {
            return plan || apply == null;
        }
    }

    PruneVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        HttpRegistry registry = stores.registry(this);
        LeftBehind left = archive == null ? LeftBehind.NOTHING : LeftBehind.in(archive);
        RetentionRequest request =
                new RetentionRequest(repositories, keep.rules(), keep.roots(registry, log()), left);
        Stores by = stores.stores(this, registry, repositories.get(0).registry());
        if (doing.isPlan()) {
            RetentionPlan plan = new Retention(registry, by, planLog()).plan(request);
            print(plan::toJson, () -> "Apply it with --apply " + plan.hash() + ".");
            return;
        }
        Optional<PlanHash> agreed =
                Optional.of(doing.apply).filter(hash -> !hash.isEmpty()).map(PlanHash::parse);
        Path file = archive == null ? StateFolder.archive(Optional.ofNullable(state), around()) : archive;
        try (Archive open = Archive.at(file)) {
            log().accept("Manifests are written into " + file + " before they are deleted.");
            PruneReport report =
                    new Retention(registry, by, log()).apply(request, agreed, open, open::begin);
            open.finish(report);
            if (anchor) {
                new Anchors(registry, log()).tag(repositories);
            }
            print(report::toJson, () -> "");
            refuseIfBroken(report);
            report.refuseIfFailed();
        }
    }

    private static void refuseIfBroken(PruneReport report) {
        if (!report.broken().isEmpty()) {
            throw new ReleaseException(
                    "Not all that stays can be pulled: " + String.join(" ", report.broken()),
                    "Restore it from the archive with restore.");
        }
    }
}
