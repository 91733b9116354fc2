package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.plan.Decision;
import io.jenkins.plugins.multiarch.plan.ReleasePlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** What a build may do, as a Pipeline sees it. */
public final class PlannedRelease implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String json;
    private final String ref;
    private final String cause;
    private final String commit;
    private final String rule;
    private final boolean skip;
    private final boolean publish;
    private final boolean fresh;
    private final boolean cacheRead;
    private final boolean cacheWrite;
    private final boolean refresh;
    private final String channel;
    private final String version;
    private final ArrayList<String> tags;
    private final LinkedHashMap<String, String> labels;
    private final LinkedHashMap<String, String> annotations;
    private final ArrayList<String> lanes;
    private final String concurrencyKey;
    private final ArrayList<LinkedHashMap<String, String>> decisions = new ArrayList<>();

    PlannedRelease(ReleasePlan plan) {
        json = plan.toJson().toString();
        ref = plan.facts().ref().toString();
        cause = plan.facts().cause().toString();
        commit = plan.facts().commit();
        rule = plan.rule();
        skip = plan.skip();
        publish = plan.publish();
        fresh = plan.fresh();
        cacheRead = plan.cacheRead();
        cacheWrite = plan.cacheWrite();
        refresh = plan.refresh();
        channel = plan.channel();
        version = plan.version();
        tags = new ArrayList<>(plan.tags());
        labels = new LinkedHashMap<>(plan.labels());
        annotations = new LinkedHashMap<>(plan.annotations());
        lanes = new ArrayList<>(plan.lanes());
        concurrencyKey = plan.concurrencyKey();
        plan.decisions().forEach(decision -> decisions.add(map(decision)));
    }

    private static LinkedHashMap<String, String> map(Decision decision) {
        LinkedHashMap<String, String> map = new LinkedHashMap<>();
        map.put("decision", decision.name());
        map.put("value", decision.value());
        map.put("reason", decision.reason());
        return map;
    }

    /** What is built: {@code refs/heads/main}, {@code refs/tags/v1.4.2}, {@code refs/pull/15/head}. */
    @Whitelisted
    public String getRef() {
        return ref;
    }

    /** Why: push, tag, timer, manual, pull-request or upstream. */
    @Whitelisted
    public String getCause() {
        return cause;
    }

    /** The commit in full, or empty. */
    @Whitelisted
    public String getCommit() {
        return commit;
    }

    /** The name of the rule that decided, or empty. */
    @Whitelisted
    public String getRule() {
        return rule;
    }

    /** Whether there is nothing to build. */
    @Whitelisted
    public boolean isSkip() {
        return skip;
    }

    /** Whether images are pushed and get the tags. */
    @Whitelisted
    public boolean isPublish() {
        return publish;
    }

    /** Whether newer base images are looked for, and no cache is used. */
    @Whitelisted
    public boolean isFresh() {
        return fresh;
    }

    @Whitelisted
    public boolean isCacheRead() {
        return cacheRead;
    }

    @Whitelisted
    public boolean isCacheWrite() {
        return cacheWrite;
    }

    /** Whether this makes a release again. */
    @Whitelisted
    public boolean isRefresh() {
        return refresh;
    }

    /** The channel that is published to, or empty. */
    @Whitelisted
    public String getChannel() {
        return channel;
    }

    /** The version of what is built, or empty. */
    @Whitelisted
    public String getVersion() {
        return version;
    }

    /** Those that images get, the main one first; none where nothing is published. */
    @Whitelisted
    public List<String> getTags() {
        return List.copyOf(tags);
    }

    /** As {@code buildMultiArch} takes them. */
    @Whitelisted
    public Map<String, String> getLabels() {
        return new LinkedHashMap<>(labels);
    }

    /** As {@code buildMultiArch} takes them, with the level before the key. */
    @Whitelisted
    public Map<String, String> getAnnotations() {
        return new LinkedHashMap<>(annotations);
    }

    /** Names that the rule has for the Pipeline's own use. */
    @Whitelisted
    public List<String> getLanes() {
        return List.copyOf(lanes);
    }

    /** Job and ref; of two builds with the same one the newer counts. */
    @Whitelisted
    public String getConcurrencyKey() {
        return concurrencyKey;
    }

    /** One map a decision: {@code decision}, {@code value} and {@code reason}. */
    @Whitelisted
    public List<Map<String, String>> getDecisions() {
        return List.copyOf(decisions);
    }

    /** The reason of each decision by its name, of the first where there are several of a name. */
    @Whitelisted
    public Map<String, String> getReasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        decisions.forEach(decision -> reasons.putIfAbsent(decision.get("decision"), decision.get("reason")));
        return reasons;
    }

    /** All of it in JSON, as the command line prints it. */
    @Whitelisted
    @Override
    public String toString() {
        return json;
    }
}
