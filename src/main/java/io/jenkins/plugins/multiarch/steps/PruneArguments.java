package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.registry.RequestBudget;
import io.jenkins.plugins.multiarch.retention.Inventory;
import io.jenkins.plugins.multiarch.retention.NamePattern;
import io.jenkins.plugins.multiarch.retention.PlanHash;
import io.jenkins.plugins.multiarch.retention.RetentionRequest;
import io.jenkins.plugins.multiarch.retention.RetentionRules;
import io.jenkins.plugins.multiarch.retention.Root;
import io.jenkins.plugins.multiarch.retention.RulesReader;
import io.jenkins.plugins.multiarch.retention.TagRule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What a {@link PruneVersionsStep} asks for, as the engine takes it. */
final class PruneArguments {
    /** In place of a hash: whatever the rules say. */
    static final String NOW = "now";

    private final PruneVersionsStep step;

    PruneArguments(PruneVersionsStep step) {
        this.step = step;
    }

    /**
     * Reads all of them once.
     *
     * @throws ReleaseException if one of them cannot be understood
     */
    void check() {
        request(inventory());
        channels();
        agreed();
        budget();
        step.kind();
    }

    /** Refuses what keeps nothing by being empty, as a variable that was not set or a file that could not be written. */
    static void refuseEmpty(Map<String, Object> given) {
        refuseEmpty(given, "inventory", "inventory: readFile('running.txt')");
        refuseEmpty(given, "rules", "rules: readTrusted('retention.json')");
        refuseEmpty(given, "protect", "protect: ['stable']");
    }

    private static void refuseEmpty(Map<String, Object> given, String name, String example) {
        Object value = given.get(name);
        for (Object one : value instanceof List<?> list ? list : Collections.singletonList(value)) {
            if (one instanceof CharSequence text) {
                StepArguments.required(text.toString(), name, example);
            }
        }
    }

    /** All that are talked to, that of the first repository before all others. */
    List<String> registries() {
        return Stream.concat(step.named().stream(), channels().stream().map(ChannelTarget::repository))
                .map(Repository::registry)
                .distinct()
                .toList();
    }

    RetentionRequest request(List<Root> roots) {
        return new RetentionRequest(step.named(), rules(), roots);
    }

    /** Those of the document and those of the other arguments together. */
    private RetentionRules rules() {
        RetentionRules document = step.getRules() == null ? RetentionRules.of(List.of()) : read(step.getRules());
        List<TagRule> rules = new ArrayList<>(document.rules());
        step.getKeep().stream().map(TagRule::parseKeep).forEach(rules::add);
        step.getKeepYounger().stream().map(TagRule::parseYounger).forEach(rules::add);
        List<NamePattern> protect = new ArrayList<>(document.protect());
        step.getProtect().stream().map(NamePattern::parse).forEach(protect::add);
        Optional<Duration> untagged = step.getUntaggedAfter() == null
                ? document.untaggedAfter()
                : RulesReader.untaggedAfter(step.getUntaggedAfter());
        return new RetentionRules(
                rules, protect, untagged, maxDeletes(document), document.mayEmpty() || step.isMayEmpty());
    }

    static RetentionRules read(String rules) {
        return RulesReader.read(rules.getBytes(StandardCharsets.UTF_8));
    }

    private OptionalInt maxDeletes(RetentionRules document) {
        @CheckForNull Integer most = step.getMaxDeletes();
        if (most == null) {
            return document.maxDeletes();
        }
        refuseUnlessCount(most);
        return OptionalInt.of(most);
    }

    static void refuseUnlessCount(int maxDeletes) {
        if (maxDeletes < 0) {
            throw new ReleaseException(
                    "maxDeletes is " + maxDeletes + ", and no fewer than 0 can be deleted.",
                    "Write a number, as in maxDeletes: 500, or leave it out for no limit.");
        }
    }

    List<Root> inventory() {
        return step.getInventory() == null ? List.of() : Inventory.parse(step.getInventory());
    }

    List<ChannelTarget> channels() {
        return step.getChannels().stream().map(ChannelTarget::parse).toList();
    }

    RequestBudget budget() {
        return step.getRequestsPerMinute() == null
                ? RequestBudget.NONE
                : RequestBudget.perMinute(step.getRequestsPerMinute());
    }

    boolean isApplied() {
        return step.getApply() != null;
    }

    /** The hash of the plan that was agreed to; nothing for whatever the rules say now. */
    Optional<PlanHash> agreed() {
        return step.getApply() == null ? Optional.empty() : agreed(step.getApply());
    }

    static Optional<PlanHash> agreed(String apply) {
        return apply.equals(NOW) ? Optional.empty() : Optional.of(PlanHash.parse(apply));
    }
}
