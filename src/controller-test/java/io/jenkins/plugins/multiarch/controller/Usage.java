package io.jenkins.plugins.multiarch.controller;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a build used its agents, by the times of its {@code node} blocks.
 *
 * @param turns in no order
 */
record Usage(List<Turn> turns) {
    /** A {@code node} block; times in milliseconds since 1970. */
    record Turn(String agent, long asked, long began, long ended) {}

    static Usage of(JenkinsClient client, String job) throws IOException, InterruptedException {
        String lines = client.groovy("""
                import org.jenkinsci.plugins.workflow.actions.*
                import org.jenkinsci.plugins.workflow.graph.*
                import org.jenkinsci.plugins.workflow.graphanalysis.*
                def build = jenkins.model.Jenkins.get().getItemByFullName('%s').getBuildByNumber(1)
                new DepthFirstScanner().allNodes(build.execution).each { end ->
                  def asked = end instanceof BlockEndNode ? end.startNode : null
                  def place = asked?.getAction(WorkspaceAction)
                  if (place) {
                    def body = new DepthFirstScanner().allNodes(build.execution).find { it.parents.contains(asked) }
                    println([place.node ?: 'built-in', TimingAction.getStartTime(asked), TimingAction.getStartTime(body),
                        TimingAction.getStartTime(end)].join(' '))
                  }
                }
                null
                """.formatted(job));
        List<Turn> turns = new ArrayList<>();
        for (String line : lines.strip().split("\n")) {
            String[] parts = line.split(" ");
            turns.add(new Turn(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3])));
        }
        return new Usage(List.copyOf(turns));
    }

    /** What ran on an agent, in milliseconds of its executors. */
    long busy(String agent) {
        return on(agent).stream().mapToLong(turn -> turn.ended - turn.began).sum();
    }

    /** How long executors of an agent were free while something waited for one, in milliseconds of executors. */
    long wasted(String agent, int executors) {
        List<Turn> turns = on(agent);
        TreeSet<Long> changes = new TreeSet<>();
        turns.forEach(turn -> changes.addAll(List.of(turn.asked, turn.began, turn.ended)));
        long wasted = 0;
        for (long from : changes) {
            Long to = changes.higher(from);
            if (to != null) {
                long running = turns.stream()
                        .filter(turn -> turn.began <= from && turn.ended > from)
                        .count();
                long waiting = turns.stream()
                        .filter(turn -> turn.asked <= from && turn.began > from)
                        .count();
                wasted += (to - from) * Math.max(0, Math.min(executors - running, waiting));
            }
        }
        return wasted;
    }

    private List<Turn> on(String agent) {
        return turns.stream().filter(turn -> turn.agent.equals(agent)).collect(Collectors.toList());
    }
}
