package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.plan.BuildFacts;
import io.jenkins.plugins.multiarch.plan.Cause;
import io.jenkins.plugins.multiarch.plan.ManualInputs;
import io.jenkins.plugins.multiarch.plan.Phase;
import io.jenkins.plugins.multiarch.plan.Ref;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What there is to know of a build, said on the command line. */
final class PlanFacts {
    /** Bytes of a list of files. */
    private static final int MAX_LIST = 16 << 20;

    @Option(
            names = "--ref",
            required = true,
            paramLabel = "REF",
            description = "What is built: refs/heads/BRANCH, refs/tags/TAG, refs/pull/NUMBER/head, or a branch.")
    private Ref ref;

    @Option(
            names = "--cause",
            required = true,
            paramLabel = "CAUSE",
            description = "Why: push, tag, timer, manual, pull-request or upstream.")
    private Cause cause;

    @Option(names = "--phase", paramLabel = "PHASE", description = "build unless said, or push, which repeats it.")
    private Phase phase = Phase.BUILD;

    @Option(
            names = "--changed",
            split = ",",
            paramLabel = "FILE",
            description = "The files that changed; without this or the next, nobody knows.")
    private List<String> changed;

    @Option(
            names = "--changed-list",
            paramLabel = "FILE",
            description = "A file that names them, one a line, as git diff --name-only does.")
    private Path changedList;

    @Option(names = "--default-branch", paramLabel = "BRANCH", description = "main unless said.")
    private String defaultBranch = "main";

    @Option(names = "--target-branch", paramLabel = "BRANCH", description = "Where a pull request wants to go.")
    private String targetBranch = "";

    @Option(names = "--source", paramLabel = "URL", description = "The repository that is built.")
    private String source = "";

    @Option(names = "--job", paramLabel = "NAME", description = "The job that builds.")
    private String job = "";

    @Option(names = "--commit", paramLabel = "SHA", description = "The commit in full.")
    private String commit = "";

    @Option(names = "--commit-date", paramLabel = "DATE", description = "Its date, as git log --format=%%cI prints it.")
    private OffsetDateTime commitDate;

    @Option(names = "--date", paramLabel = "DATE", description = "When the build began; now unless said.")
    private OffsetDateTime date;

    @Option(names = "--base", paramLabel = "IMAGE", description = "The base image, with its digest.")
    private ImageRef base;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "The channel that a person asks for.")
    private String channel = "";

    @Option(names = "--release-version", paramLabel = "VERSION", description = "The version that a person asks for.")
    private String version = "";

    @Option(names = "--rebuild", description = "A person asks for newer base images and no cache.")
    private boolean rebuild;

    @Option(
            names = "--cache",
            arity = "1",
            paramLabel = "true|false",
            description = "A person asks that caches be read and written, or neither.")
    private Boolean cache;

    BuildFacts.Builder begin() throws IOException {
        BuildFacts.Builder facts = BuildFacts.of(ref, cause, date == null ? Instant.now() : date.toInstant())
                .phase(phase)
                .defaultBranch(defaultBranch)
                .targetBranch(targetBranch)
                .source(source)
                .job(job)
                .commit(commit)
                .inputs(new ManualInputs(channel, version, rebuild, Optional.ofNullable(cache)));
        if (commitDate != null) {
            facts.commitDate(commitDate.toInstant());
        }
        if (base != null) {
            facts.base(base);
        }
        List<String> files = new ArrayList<>(changed == null ? List.of() : changed);
        if (changedList != null) {
            new String(BoundedFile.read(changedList, MAX_LIST), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .forEach(files::add);
        }
        return changed == null && changedList == null ? facts : facts.changedFiles(files);
    }
}
