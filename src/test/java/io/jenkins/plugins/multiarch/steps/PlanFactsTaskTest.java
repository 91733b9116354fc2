package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.plan.BuildFacts;
import io.jenkins.plugins.multiarch.plan.Cause;
import io.jenkins.plugins.multiarch.plan.FoundVersion;
import io.jenkins.plugins.multiarch.plan.Ref;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFactsTaskTest {
    private static final String RULES = "{\"versionFiles\": [\"VERSION\"]}";

    @TempDir
    private Path folder;

    private final Registry registry = HttpRegistry.builder().build();
    private final List<String> log = new ArrayList<>();

    private FoundFacts facts(PlanFactsTask task, Optional<Path> workspace) throws IOException, InterruptedException {
        return task.run(registry, workspace, log::add);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String git(String... arguments) throws Exception {
        Process git = new ProcessBuilder(Stream.concat(Stream.of("git"), Arrays.stream(arguments))
                        .toList())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(git.waitFor()).as(said).isZero();
        return said;
    }

    private String commit(String file, String text) throws Exception {
        write(file, text);
        git("add", "--all");
        git("-c", "user.name=Test", "-c", "user.email=test@localhost", "commit", "-q", "-m", file);
        return git("rev-parse", "HEAD");
    }

    @Test
    void takesTheUsualFileAndTheVersionsThatItNames() throws Exception {
        write(PlanFactsTask.USUAL_FILE, RULES);
        write("VERSION", "1.4.2\n");

        FoundFacts found = facts(new PlanFactsTask(null, null, null, ""), Optional.of(folder));

        assertThat(found.rules()).isEqualTo(RULES);
        assertThat(found.versions()).containsExactly("1.4.2");
        assertThat(log).containsExactly("The rules are those of release-rules.json.");
    }

    @Test
    void takesRulesOfTheStepBeforeAnyFile() throws Exception {
        write(PlanFactsTask.USUAL_FILE, "{}");
        write("VERSION", "1.4.2\n");

        FoundFacts found = facts(new PlanFactsTask(RULES, null, null, ""), Optional.of(folder));

        assertThat(found.rules()).isEqualTo(RULES);
        assertThat(log).isEmpty();
    }

    @Test
    void hasNothingButTheStandardRulesWithoutAWorkspace() throws Exception {
        FoundFacts found = facts(new PlanFactsTask(null, null, null, ""), Optional.empty());

        assertThat(found).isEqualTo(new FoundFacts("", new ArrayList<>(), new ArrayList<>(), FoundFacts.NO_DATE));
    }

    @Test
    void asksTheCloneForTagsAndTheDateOfTheCommit() throws Exception {
        git("init", "-q", "-b", "main");
        String commit = commit("a", "committer Mallory <m@localhost> 1 +0000");
        git("tag", "v1.0.0");
        git("tag", "v1.1.0");

        FoundFacts found = facts(new PlanFactsTask(null, null, null, commit), Optional.of(folder));

        assertThat(found.tags()).containsExactly("v1.0.0", "v1.1.0");
        assertThat(found.date()).isEqualTo(Long.parseLong(git("log", "-1", "--format=%ct")));
    }

    @Test
    void doesNotAskACloneAroundTheWorkspace() throws Exception {
        git("init", "-q", "-b", "main");
        String commit = commit("a", "1");
        git("tag", "v1.0.0");
        Path workspace = Files.createDirectory(folder.resolve("workspace"));

        FoundFacts found = facts(new PlanFactsTask(null, null, null, commit), Optional.of(workspace));

        assertThat(found.tags()).isEmpty();
        assertThat(found.date()).isEqualTo(FoundFacts.NO_DATE);
    }

    @Test
    void asksTheRegistryForTags() throws Exception {
        try (FakeRegistry fake = FakeRegistry.start()) {
            fake.addImage("acme/app", "2.0.0", "linux/amd64");
            String image = fake.repository("acme/app").toString();
            PlanFactsTask task = new PlanFactsTask(null, null, image, "");

            FoundFacts found = task.run(
                    HttpRegistry.builder().plainHttp(Set.of(fake.address())).build(), Optional.empty(), log::add);

            assertThat(task.registries()).containsExactly(fake.address());
            assertThat(found.tags()).containsExactly("2.0.0");
        }
    }

    @Test
    void readsNoFilesOutsideNode() {
        assertThatThrownBy(() -> facts(new PlanFactsTask(RULES, null, null, ""), Optional.empty()))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "The rules name 'VERSION' to read the version from, and releasePlan was called outside node,"
                                + " where there is no workspace. Call it inside the node that has the sources.");
        assertThatThrownBy(() -> facts(new PlanFactsTask(null, "rules.json", null, ""), Optional.empty()))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("'rules.json' is a file, and the step was called outside node");
    }

    @Test
    void takesNoOtherAnswerThanWasAskedFor() throws Exception {
        BuildFacts.Builder facts = BuildFacts.of(Ref.parse("main"), Cause.PUSH, Instant.EPOCH);
        ArrayList<String> one = new ArrayList<>(List.of("1.4.2"));
        FoundFacts right = Serialized.copy(new FoundFacts(RULES, one, new ArrayList<>(List.of("v1.0.0")), 7));
        FoundFacts wrong = new FoundFacts("{}", one, new ArrayList<>(), 7);
        FoundFacts tooLong = new FoundFacts("{}", new ArrayList<>(), new ArrayList<>(List.of("v".repeat(129))), 7);

        right.addTo(facts, right.readRules(), List.of("v0.9.0"), false);

        assertThat(facts.build().versions()).containsExactly(new FoundVersion("VERSION", "1.4.2"));
        assertThat(facts.build().knownTags()).contains(List.of("v1.0.0", "v0.9.0"));
        assertThat(facts.build().commitDate()).contains(Instant.ofEpochSecond(7));
        for (FoundFacts strange : List.of(wrong, tooLong)) {
            assertThatThrownBy(() -> strange.addTo(facts, strange.readRules(), List.of(), false))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessage(
                            "The agent answered with other versions than it was asked for, or with more tags than are"
                                    + " taken. Take tags away that are no longer needed, or find out what runs on this agent.");
        }
    }

    @Test
    void knowsThatThereIsNoVersionOnlyWhereSomebodyLooked() {
        FoundFacts none = new FoundFacts("", new ArrayList<>(), new ArrayList<>(), FoundFacts.NO_DATE);
        BuildFacts.Builder unknown = BuildFacts.of(Ref.parse("main"), Cause.PUSH, Instant.EPOCH);
        BuildFacts.Builder known = BuildFacts.of(Ref.parse("main"), Cause.PUSH, Instant.EPOCH);

        none.addTo(unknown, none.readRules(), List.of(), false);
        none.addTo(known, none.readRules(), List.of(), true);

        assertThat(unknown.build().knownTags()).isEmpty();
        assertThat(known.build().knownTags()).contains(List.of());
    }
}
