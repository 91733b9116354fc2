package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.plan.BuildFacts;
import io.jenkins.plugins.multiarch.plan.FoundVersion;
import io.jenkins.plugins.multiarch.plan.PlanText;
import io.jenkins.plugins.multiarch.plan.Planning;
import io.jenkins.plugins.multiarch.plan.ReleasePlan;
import io.jenkins.plugins.multiarch.plan.ReleaseRules;
import io.jenkins.plugins.multiarch.plan.VersionFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a build may do. */
@Command(
        name = "plan",
        header = "Says what a build may do, and why: publish, caches, version, tags, labels.",
        description = "Nothing is built or written. What the rules leave out is as docs/release-plan.md shows it.",
        footer = {
            "  multiarch-release plan --ref refs/tags/v1.4.2 --cause push --known-tags v1.4.1,v2.0.0",
            "  multiarch-release plan --ref main --cause timer --rules release-rules.json --json"
        })
final class PlanVerb extends Verb {
    @Mixin
    private PlanFacts facts;

    @Option(names = "--rules", paramLabel = "FILE", description = "The project's rules, in JSON.")
    private Path rulesFile;

    @Option(
            names = "--sources",
            paramLabel = "FOLDER",
            description = "Where the files lie that the rules read versions from; this folder unless said.")
    private Path sources = Path.of("");

    @Option(
            names = "--known-tags",
            split = ",",
            paramLabel = "TAG",
            description = "The tags of the releases so far, so that none is overtaken by an older one.")
    private List<String> knownTags;

    @Option(
            names = "--image",
            paramLabel = "REPOSITORY",
            description = "An image whose tags in the registry tell the same.")
    private Repository image;

    PlanVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        ReleaseRules rules = rulesFile == null
                ? ReleaseRules.standard()
                : ReleaseRules.parse(BoundedFile.read(rulesFile, ReleaseRules.MAX_SIZE));
        BuildFacts.Builder known = facts.begin();
        List<FoundVersion> versions = new ArrayList<>();
        for (VersionFile file : rules.versionFiles()) {
            versions.add(file.readBelow(sources.toAbsolutePath()));
        }
        known.versions(versions);
        if (knownTags != null || image != null) {
            known.knownTags(allKnownTags());
        }
        ReleasePlan plan = new Planning(rules).plan(known.build());
        print(plan::toJson, new PlanText(plan)::toString);
    }

    private List<String> allKnownTags() throws IOException, InterruptedException {
        List<String> tags = new ArrayList<>(knownTags == null ? List.of() : knownTags);
        if (image != null) {
            registry().tags(image).stream().map(Tag::name).forEach(tags::add);
        }
        return tags;
    }
}
