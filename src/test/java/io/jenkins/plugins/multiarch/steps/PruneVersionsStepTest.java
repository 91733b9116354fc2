package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.retention.NamePattern;
import io.jenkins.plugins.multiarch.retention.RetentionRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PruneVersionsStepTest {
    private final PruneVersionsStep step = new PruneVersionsStep(List.of("ghcr.io/acme/app"));

    private RetentionRules rules() {
        return new PruneArguments(step).request(List.of()).rules();
    }

    @Test
    void asksForNothingButTheRepositories() {
        assertThat(step.getApply()).isNull();
        assertThat(step.isKeepBuilds()).isTrue();
        assertThat(step.isMayEmpty()).isFalse();
        assertThat(rules()).isEqualTo(RetentionRules.of(List.of()));
        assertThat(new PruneArguments(step).isApplied()).isFalse();
    }

    @Test
    void addsUpWhatTheRulesAndTheOtherArgumentsSay() {
        step.setRules("{\"rules\": [{\"tags\": \"v*\", \"keep\": 3}], \"protect\": [\"stable\"], \"maxDeletes\": 7,"
                + " \"untaggedAfter\": \"never\"}");
        step.setKeep(List.of("dev-*=10"));
        step.setKeepYounger(List.of("pr-*=2w"));
        step.setProtect(List.of("lts"));

        assertThat(rules().rules()).hasSize(3);
        assertThat(rules().protect()).containsExactly(NamePattern.parse("stable"), NamePattern.parse("lts"));
        assertThat(rules().maxDeletes()).hasValue(7);
        assertThat(rules().untaggedAfter()).isEmpty();
    }

    @Test
    void letsItsOwnArgumentsCountBeforeTheRules() {
        step.setRules("{\"maxDeletes\": 7, \"untaggedAfter\": \"never\", \"mayEmpty\": true}");
        step.setMaxDeletes(500);
        step.setUntaggedAfter("2w");

        assertThat(rules().maxDeletes()).hasValue(500);
        assertThat(rules().untaggedAfter()).contains(Duration.ofDays(14));
        assertThat(rules().mayEmpty()).isTrue();
    }

    @Test
    void refusesToDeleteFewerThanNone() {
        step.setMaxDeletes(-1);

        assertThatThrownBy(this::rules)
                .hasMessage(
                        "maxDeletes is -1, and no fewer than 0 can be deleted. Write a number, as in maxDeletes: 500, or"
                                + " leave it out for no limit.");
    }

    @Test
    void refusesWhatKeepsNothingForItIsEmpty() {
        assertThatThrownBy(() -> PruneArguments.refuseEmpty(Map.of("inventory", " \n")))
                .hasMessage("The argument inventory is empty. Give it, as in inventory: readFile('running.txt').");
        assertThatThrownBy(() -> PruneArguments.refuseEmpty(Map.of("rules", "")))
                .hasMessageStartingWith("The argument rules is empty.");
        assertThatThrownBy(() -> PruneArguments.refuseEmpty(Map.of("protect", List.of("stable", ""))))
                .hasMessageStartingWith("The argument protect is empty.");
        PruneArguments.refuseEmpty(Map.of("protect", List.of("stable"), "rules", Map.of(), "inventory", "sha256:"));
    }

    @Test
    void asksForTheRegistriesOfChannelsToo() {
        step.setChannels(List.of("quay.io/acme/metadata:prod", "ghcr.io/acme/metadata:dev"));

        assertThat(new PruneArguments(step).registries()).containsExactly("ghcr.io", "quay.io");
        assertThat(step.named()).containsExactly(Repository.parse("ghcr.io/acme/app"));
    }

    @Test
    void isAppliedByAHashOrNow() {
        step.setApply(" now ");

        assertThat(new PruneArguments(step).isApplied()).isTrue();
        assertThat(new PruneArguments(step).agreed()).isEmpty();

        step.setApply("yes");
        assertThatThrownBy(new PruneArguments(step)::check).hasMessageStartingWith("'yes' is not the hash of a plan.");
    }

    @Test
    void isShownByItsFirstRepository() {
        PruneVersionsStep.DescriptorImpl descriptor = new PruneVersionsStep.DescriptorImpl();

        assertThat(descriptor.getFunctionName()).isEqualTo("pruneVersions");
        assertThat(descriptor.getDisplayName()).isEqualTo("Delete what no rule keeps and nothing needs");
        assertThat(descriptor.argumentsToString(Map.of("repositories", List.of("a.b/c", "a.b/d"))))
                .isEqualTo("a.b/c");
        assertThat(descriptor.argumentsToString(Map.of())).isNull();
    }
}
