package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Channels;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.retention.ChannelRoots;
import io.jenkins.plugins.multiarch.retention.Inventory;
import io.jenkins.plugins.multiarch.retention.NamePattern;
import io.jenkins.plugins.multiarch.retention.RetentionRules;
import io.jenkins.plugins.multiarch.retention.Root;
import io.jenkins.plugins.multiarch.retention.RulesReader;
import io.jenkins.plugins.multiarch.retention.TagRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What is kept of a repository. Flags and file add up. */
final class KeepOptions {
    private static final int MAX_RULES = 1 << 20;
    private static final int MAX_INVENTORY = 16 << 20;

    @Option(
            names = "--keep",
            paramLabel = "PATTERN=N",
            description = "Keep the last N images of the tags that a pattern means, as in 'dev-*=10'. May be repeated.")
    private List<String> keep = new ArrayList<>();

    @Option(
            names = "--keep-younger",
            paramLabel = "PATTERN=AGE",
            description =
                    "Keep those younger than that, and the newest whatever its age, as in 'v*=180d'. May be repeated.")
    private List<String> younger = new ArrayList<>();

    @Option(
            names = "--protect",
            paramLabel = "TAG[,TAG...]",
            description = "Keep these tags, whatever else is said; patterns too. May be repeated.")
    private List<String> protect = new ArrayList<>();

    @Option(names = "--rules", paramLabel = "FILE", description = "More rules, as JSON.")
    private Path rules;

    @Option(
            names = "--untagged-after",
            paramLabel = "AGE",
            description =
                    "How long a manifest is kept that has no tag and that nothing needs: 7d unless said, or never.")
    private String untaggedAfter;

    @Option(
            names = "--channel",
            split = ",",
            paramLabel = "REPOSITORY:CHANNEL",
            description = "Keep what this channel stands for and stood for, as in ghcr.io/acme/metadata:prod.")
    private List<ChannelTarget> channels = new ArrayList<>();

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description = "Keep the digests that are in this file, one a line, such as what a cluster runs.")
    private Path inventory;

    @Option(
            names = "--max-deletes",
            paramLabel = "N",
            description = "Refuse a plan that deletes more manifests and tags than that.")
    private Integer maxDeletes;

    @Option(names = "--allow-empty", description = "Let a repository lose its last tag.")
    private boolean mayEmpty;

    RetentionRules rules() throws IOException {
        RetentionRules file =
                rules == null ? RetentionRules.of(List.of()) : RulesReader.read(BoundedFile.read(rules, MAX_RULES));
        List<TagRule> all = new ArrayList<>(file.rules());
        keep.forEach(rule -> all.add(TagRule.parseKeep(rule)));
        younger.forEach(rule -> all.add(TagRule.parseYounger(rule)));
        List<NamePattern> kept = new ArrayList<>(file.protect());
        protect.forEach(patterns -> kept.addAll(NamePattern.parseAll(patterns)));
        Optional<Duration> untagged =
                untaggedAfter == null ? file.untaggedAfter() : RulesReader.untaggedAfter(untaggedAfter);
        OptionalInt most = maxDeletes == null ? file.maxDeletes() : OptionalInt.of(maxDeletes);
        return new RetentionRules(all, kept, untagged, most, mayEmpty || file.mayEmpty());
    }

    /** @param log gets what is wrong with a channel */
    List<Root> roots(Registry registry, Consumer<String> log) throws IOException, InterruptedException {
        List<Root> roots = new ArrayList<>();
        for (ChannelTarget channel : channels) {
            roots.addAll(ChannelRoots.of(channel, new Channels(registry), log));
        }
        if (inventory != null) {
            byte[] text = BoundedFile.read(inventory, MAX_INVENTORY);
            roots.addAll(Inventory.parse(new String(text, StandardCharsets.UTF_8)));
        }
        return roots;
    }
}
