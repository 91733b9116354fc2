package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.GitHistory;
import io.jenkins.plugins.multiarch.promote.Guards;
import io.jenkins.plugins.multiarch.promote.Order;
import io.jenkins.plugins.multiarch.promote.TagPattern;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which moves of tags are let through. */
final class GuardOptions {
    /** By what tags are kept from going backwards. */
    enum By {
        version,
        created,
        commit
    }

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description =
                    "Let no tag go backwards by: version, created or commit (org.opencontainers.image.version, created,"
                            + " revision).")
    private By order;

    @Option(
            names = "--clone",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "The git clone that knows the commits of --order commit; without, this folder.")
    private Path clone;

    @Option(
            names = "--yield",
            description = "Where something newer stands there, end as superseded instead of being refused.")
    private boolean yields;

    @Option(names = "--allow-platform-loss", description = "Let a tag lose a platform that it has today.")
    private boolean platformLoss;

    @Option(
            names = "--immutable",
            split = ",",
            paramLabel = "PATTERN",
            description = "Tags that never move once they are there, as in v*.*.*.")
    private List<TagPattern> immutable = new ArrayList<>();

    @Option(
            names = "--only-if-highest",
            split = ",",
            paramLabel = "TAG",
            defaultValue = "latest",
            description =
                    "Tags that only the highest stable version gets, and that others leave where they are; without,"
                            + " latest.")
    private List<Tag> onlyIfHighest = new ArrayList<>();

    @Option(names = "--allow-prereleases", description = "Give those tags to prereleases too.")
    private boolean prereleases;

    @Mixin
    private PolicyOptions policy;

    Guards guards(Registry registry) throws IOException {
        Guards guards = Guards.NONE
                .yields(yields)
                .platformLoss(platformLoss)
                .immutable(immutable)
                .highestOnly(onlyIfHighest)
                .prereleases(prereleases)
                .require(policy.evidence(registry));
        if (order == null) {
            return guards;
        }
        return guards.order(
                switch (order) {
                    case version -> Order.byVersion();
                    case created -> Order.byBuildTime();
                    case commit -> Order.byCommit(new GitHistory(clone, "git"));
                });
    }
}
