package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import groovy.lang.Closure;
import groovy.lang.GroovyShell;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which steps the packaged script calls, by plain Groovy; that it survives restarts is seen in Jenkins only. */
class PackagedScriptTest {
    private FakePipeline pipeline;
    private Map<String, Object> plan;
    private Map<String, Object> work;

    @BeforeEach
    void parse() throws Exception {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(FakePipeline.class.getName());
        try (InputStream script = PackagedScript.class.getResourceAsStream("MultiArchScript.groovy")) {
            pipeline = (FakePipeline) new GroovyShell(getClass().getClassLoader(), configuration)
                    .parse(new String(script.readAllBytes(), StandardCharsets.UTF_8), "MultiArchScript.groovy");
        }
        plan = new HashMap<>();
        plan.put("stash", null);
        plan.put("failFast", false);
        plan.put("attempts", 3);
        plan.put("order", "the order");
        pipeline.setProperty("scm", "git");
        work = new HashMap<>();
        work.put("plan", plan);
        work.put("revision", new Pinned());
        work.put("build", null);
        PackagedScript.give(pipeline, work);
    }

    /** In place of {@link Revision}, which needs Jenkins to make a source anew. */
    public static final class Pinned {
        private int seen;

        public String getCommit() {
            return "the commit";
        }

        public String getUrl() {
            return "the url";
        }

        public boolean isAbort(Exception failure) {
            return failure instanceof CancellationException;
        }

        /** The first stays, all others have to become it. */
        public Object other(Map<?, ?> checkedOut, Object scm) {
            seen++;
            return seen == 1 ? null : scm + " as first";
        }
    }

    private static Map<String, Object> cell(String name, String source, boolean here) {
        Map<String, Object> cell = new HashMap<>();
        cell.put("name", name);
        cell.put("label", "on-" + name);
        cell.put("here", here);
        cell.put("source", source);
        cell.put("stash", "files");
        cell.put("folder", "source");
        cell.put("json", name);
        return cell;
    }

    private static Map<String, Object> lane(String name, boolean shared, CellQueue cells) {
        Map<String, Object> lane = new HashMap<>();
        lane.put("name", name);
        lane.put("shared", shared);
        lane.put("cells", cells);
        return lane;
    }

    /** Each in a lane of its own, as without a bound. */
    @SafeVarargs
    private Object runs(Map<String, Object>... cells) {
        plan.put(
                "lanes",
                Arrays.stream(cells)
                        .map(cell -> lane((String) cell.get("name"), false, new CellQueue(List.of(cell))))
                        .toList());
        return pipeline.run();
    }

    private List<String> built() {
        return ((List<?>) pipeline.published.get("built"))
                .stream().map(Object::toString).toList();
    }

    @Test
    void buildsEachPlatformOnItsAgentAndPublishesThem() {
        Object result = runs(cell("amd64", "stash", false), cell("arm64", "stash", false));

        assertThat(result).isEqualTo("the image");
        assertThat(pipeline.calls)
                .containsExactly(
                        "branch amd64",
                        "retry 3 [agent, nonresumable]",
                        "multiArchAgent amd64",
                        "node on-amd64",
                        "on-amd64: dir on-amd64@tmp",
                        "on-amd64: dir source",
                        "on-amd64: deleteDir",
                        "on-amd64: unstash files",
                        "on-amd64: multiArchPrepare amd64'",
                        "on-amd64: withCredentials []",
                        "on-amd64: sh make image [by buildah] true",
                        "on-amd64: multiArchCollect amd64' 3",
                        "on-amd64: deleteDir",
                        "branch arm64",
                        "retry 3 [agent, nonresumable]",
                        "multiArchAgent arm64",
                        "node on-arm64",
                        "on-arm64: dir on-arm64@tmp",
                        "on-arm64: dir source",
                        "on-arm64: deleteDir",
                        "on-arm64: unstash files",
                        "on-arm64: multiArchPrepare arm64'",
                        "on-arm64: withCredentials []",
                        "on-arm64: sh make image [by buildah] true",
                        "on-arm64: multiArchCollect arm64' 3",
                        "on-arm64: deleteDir",
                        "multiArchPublish");
        assertThat(pipeline.published).containsEntry("order", "the order").containsEntry("revision", "the commit");
        assertThat(built()).containsExactly("built amd64", "built arm64");
    }

    @Test
    void buildsInTheWorkspaceItWasCalledIn() {
        runs(cell("amd64", "", true));

        assertThat(pipeline.calls)
                .containsExactly(
                        "branch amd64",
                        "multiArchPrepare amd64",
                        "withCredentials []",
                        "sh make image [by buildah] true",
                        "multiArchCollect amd64 3",
                        "multiArchPublish");
    }

    @Test
    void carriesAWorkspaceToOtherAgents() {
        plan.put("stash", Map.of("name", "files", "includes", "**"));

        runs(cell("amd64", "", true), cell("arm64", "stash", false));

        assertThat(pipeline.calls).startsWith("stash files").contains("on-arm64: unstash files");
    }

    @Test
    void checksOutOneRevisionForAll() {
        runs(cell("amd64", "scm", false), cell("arm64", "scm", false));

        assertThat(pipeline.calls)
                .filteredOn(call -> call.contains("checkout"))
                .containsExactly("on-amd64: checkout git", "on-arm64: checkout git", "on-arm64: checkout git as first");
    }

    @Test
    void runsNoScriptForTheDaemonlessBuilder() {
        pipeline.prepared = Map.of();

        runs(cell("amd64", "", true));

        assertThat(pipeline.calls)
                .containsExactly(
                        "branch amd64", "multiArchPrepare amd64", "multiArchCollect amd64 0", "multiArchPublish");
    }

    @Test
    void asksTheClosureOfTheJenkinsfile() {
        pipeline.prepared = Map.of("asked", Map.of("platform", "linux/amd64"));
        List<Object> asked = new ArrayList<>();
        work.put("build", new Closure<Object>(this) {
            @SuppressWarnings("unused")
            public Object doCall(Object platform) {
                return asked.add(platform);
            }
        });

        runs(cell("amd64", "", true));

        assertThat(asked).containsExactly(Map.of("platform", "linux/amd64"));
        assertThat(pipeline.calls).noneMatch(call -> call.startsWith("sh"));
    }

    @Test
    void takesNoAgentForAPlatformThatNeedsNone() {
        pipeline.done.add("arm64");

        runs(cell("amd64", "stash", false), cell("arm64", "stash", false));

        assertThat(built()).containsExactly("built amd64", "done arm64");
        assertThat(pipeline.calls).doesNotContain("node on-arm64");
    }

    @Test
    void letsTheOthersFinishWhenOneFails() {
        pipeline.failing.add("amd64");

        assertThatThrownBy(() -> runs(cell("amd64", "stash", false), cell("arm64", "stash", false)))
                .hasMessage("amd64 failed. Mend it.");

        assertThat(pipeline.calls)
                .contains("on-arm64: multiArchCollect arm64' 3")
                .doesNotContain("multiArchPublish");
    }

    @Test
    void endsTheOthersWhereThatWasAskedFor() {
        pipeline.failing.add("amd64");
        plan.put("failFast", true);

        assertThatThrownBy(() -> runs(cell("amd64", "stash", false), cell("arm64", "stash", false)))
                .hasMessage("amd64 failed. Mend it.");

        assertThat(pipeline.calls).doesNotContain("branch arm64", "multiArchPublish");
    }

    private Object runsShared(String... names) {
        List<Map<String, Object>> cells = new ArrayList<>();
        Arrays.stream(names).forEach(name -> cells.add(cell(name, "stash", false)));
        CellQueue shared = new CellQueue(cells);
        plan.put("lanes", List.of(lane("1 of 2", true, shared), lane("2 of 2", true, shared)));
        return pipeline.run();
    }

    @Test
    void takesEachPlatformOnceOfWhatLanesShare() {
        runsShared("a", "b", "c");

        assertThat(pipeline.calls)
                .filteredOn(call -> call.startsWith("stage") || call.startsWith("branch"))
                .containsExactly("branch 1 of 2", "stage a", "stage b", "stage c", "branch 2 of 2");
        assertThat(built()).containsExactly("built a", "built b", "built c");
    }

    @Test
    void goesOnInALaneWhenAPlatformFailed() {
        pipeline.failing.addAll(List.of("a", "b"));

        assertThatThrownBy(() -> runsShared("a", "b", "c")).hasMessage("a failed. Mend it.");

        assertThat(pipeline.calls).contains("on-c: multiArchCollect c' 3").doesNotContain("multiArchPublish");
    }

    @Test
    void startsNothingMoreInALaneThatIsAborted() {
        pipeline.aborted.add("a");

        assertThatThrownBy(() -> runsShared("a", "b")).isInstanceOf(CancellationException.class);

        assertThat(pipeline.calls).doesNotContain("stage b");
    }

    @Test
    void startsNothingMoreInALaneWhereThatWasAskedFor() {
        pipeline.failing.add("a");
        plan.put("failFast", true);

        assertThatThrownBy(() -> runsShared("a", "b")).hasMessage("a failed. Mend it.");

        assertThat(pipeline.calls).doesNotContain("stage b");
    }
}
