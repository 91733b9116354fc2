package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Node;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.Cache;
import io.jenkins.plugins.multiarch.builder.Secret;
import io.jenkins.plugins.multiarch.config.AgentLabels;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Turns the arguments of a step and the place it was called in into the work of the packaged script. */
final class BuildSetup {
    /** Where a stash is unpacked, beside the workspace. */
    private static final String SOURCE = "multiarch-source";

    private final BuildMultiArchStep step;
    private final StepContext context;
    private final Run<?, ?> run;
    private final @CheckForNull Node node;
    private final String id;
    private final Map<Map<String, String>, Map<String, Secret>> secrets = new HashMap<>();

    BuildSetup(BuildMultiArchStep step, StepContext context) throws IOException, InterruptedException {
        this.step = step;
        this.context = context;
        this.run = context.get(Run.class);
        this.node = context.get(Node.class);
        this.id = "multiarch-build-" + run.getNumber() + "-"
                + context.get(FlowNode.class).getId();
    }

    /** That of the step in its build, fit for a file's name. */
    String id() {
        return id;
    }

    /** @throws ReleaseException if the arguments are unclear, or cannot be followed here */
    HashMap<String, Object> work() throws IOException, InterruptedException {
        AgentLabels global = MultiArchConfiguration.get().agentLabels();
        BuildOrder order = BuildOrder.of(
                step,
                new BuildOrder.Surroundings(id, global, PullRequests.isOne(context), isInWorkspace(), this::secrets));
        Source source = source();
        List<Map<String, Object>> cells = new ArrayList<>();
        AgentChecks checks = new AgentChecks(node);
        for (BuildCell cell : order.cells()) {
            boolean here = isHere(cell);
            refuseSecondWriter(cell);
            if (!here) {
                checks.refuseUnlessBuildable(cell.placement(), cell.plan().platform());
            }
            cells.add(variables(cell, here, source));
        }
        HashMap<String, Object> work = new HashMap<>();
        work.put("plan", plan(order, cells, source));
        work.put("revision", new Revision());
        work.put("build", step.build());
        return work;
    }

    /** Looked up once for all platforms that have the same. */
    private Map<String, Secret> secrets(Map<String, String> credentials) {
        return secrets.computeIfAbsent(credentials, new BuildSecrets(run)::plans);
    }

    private void refuseSecondWriter(BuildCell cell) {
        BuildPlan plan = cell.plan();
        String written = plan.cache()
                .filter(Cache::write)
                .map(cache -> cache.reference(plan.name(), plan.platform()).toString())
                .orElse("");
        if (!written.isEmpty() && !ReleaseAction.of(run).claimCache(written, id)) {
            throw new ReleaseException(
                    "The cache " + written + " is written by another buildMultiArch of this build already.",
                    "Give each its own reference, or let only one write: cache: [reference: '…', write: false].");
        }
    }

    boolean isFromScm() {
        return said().kind().equals("scm");
    }

    private Source said() {
        return Source.parse(Optional.ofNullable(step.getSource()).orElse(node == null ? "scm" : "workspace"));
    }

    /** Whether the files are those of the workspace around. */
    private boolean isInWorkspace() {
        return node != null && said().isWorkspace();
    }

    private Source source() {
        Source said = said();
        if (!said.isWorkspace()) {
            return said;
        }
        if (node == null) {
            throw new ReleaseException(
                    "The source is the workspace, and buildMultiArch was called outside node, where there is none.",
                    "Call it inside node, or give the source scm or stash:NAME.");
        }
        return said.carriedAs(id);
    }

    /** What this very node may build of its own workspace is built here, without another executor. */
    private boolean isHere(BuildCell cell) {
        String label = cell.placement().label();
        return isInWorkspace() && (label.isEmpty() || AgentChecks.has(node, label));
    }

    private static Map<String, Object> variables(BuildCell cell, boolean here, Source source) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("name", cell.name());
        variables.put("label", cell.placement().label());
        variables.put("here", here);
        variables.put("source", here ? "" : source.kind().equals("scm") ? "scm" : "stash");
        variables.put("stash", source.stash());
        variables.put("folder", SOURCE);
        variables.put("json", cell.toJson());
        return variables;
    }

    private Map<String, Object> plan(BuildOrder order, List<Map<String, Object>> cells, Source source) {
        boolean carried = source.isWorkspace()
                && cells.stream().anyMatch(cell -> cell.get("here").equals(false));
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put(
                "stash",
                carried ? Map.of("name", source.stash(), "includes", "**", "useDefaultExcludes", false) : null);
        plan.put("failFast", step.isFailFast());
        plan.put("attempts", step.getRetries() + 1);
        plan.put("lanes", lanes(cells));
        plan.put(
                "order",
                new PublishOrder(
                                order.images(),
                                Optional.ofNullable(step.getCredentialsId()).orElse(""),
                                order.published())
                        .toJson());
        return plan;
    }

    /** One for each, or as many as may be built at once, which take from one list. */
    private List<Map<String, Object>> lanes(List<Map<String, Object>> cells) {
        List<Map<String, Object>> lanes = new ArrayList<>();
        int atOnce = step.getAtOnce();
        if (atOnce == 0 || atOnce >= cells.size()) {
            cells.forEach(cell -> lanes.add(lane((String) cell.get("name"), false, new CellQueue(List.of(cell)))));
            return lanes;
        }
        CellQueue shared = new CellQueue(cells);
        for (int i = 1; i <= atOnce; i++) {
            lanes.add(lane(i + " of " + atOnce, true, shared));
        }
        return lanes;
    }

    private static Map<String, Object> lane(String name, boolean shared, CellQueue cells) {
        Map<String, Object> lane = new LinkedHashMap<>();
        lane.put("name", name);
        lane.put("shared", shared);
        lane.put("cells", cells);
        return lane;
    }
}
