package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.plan.BuildFacts;
import io.jenkins.plugins.multiarch.plan.Cause;
import io.jenkins.plugins.multiarch.plan.Planning;
import io.jenkins.plugins.multiarch.plan.Ref;
import io.jenkins.plugins.multiarch.plan.ReleasePlan;
import io.jenkins.plugins.multiarch.plan.ReleaseRules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleasePlanStepTest {

    private static RecordedRef recorded(String ref) {
        return new RecordedRef(Optional.of(ref).filter(text -> !text.isEmpty()).map(Ref::parse), "", "", List.of());
    }

    @Test
    void planIsTheEnginesWithItsReasons() throws Exception {
        ReleasePlan plan = new Planning(ReleaseRules.standard())
                .plan(BuildFacts.of(Ref.parse("refs/tags/v1.4.2"), Cause.TAG, Instant.EPOCH)
                        .knownTags(List.of("v1.4.1"))
                        .build());

        PlannedRelease planned = Serialized.copy(new PlannedRelease(plan));

        JsonNode json = new ObjectMapper().readTree(planned.toString());
        assertThat(json).isEqualTo(new ObjectMapper().readTree(Json.write(plan.toJson())));
        assertThat(planned.getTags()).containsExactly("1.4.2", "1.4", "1", "prod", "latest");
        assertThat(planned.getRef()).isEqualTo("refs/tags/v1.4.2");
        assertThat(planned.getCause()).isEqualTo("tag");
        assertThat(planned.getRule()).isEqualTo("release");
        assertThat(planned.getVersion()).isEqualTo("1.4.2");
        assertThat(planned.getChannel()).isEqualTo("prod");
        assertThat(planned.isPublish()).isTrue();
        assertThat(planned.isSkip() || planned.isFresh() || planned.isRefresh()).isFalse();
        assertThat(planned.isCacheRead() && planned.isCacheWrite()).isTrue();
        assertThat(planned.getReasons())
                .containsEntry("publish", "rule release")
                .containsKey("tag");
        assertThat(planned.getDecisions()).hasSameSizeAs(plan.decisions());
        assertThat(planned.getLabels()).isEqualTo(plan.labels());
        assertThat(planned.getAnnotations()).isEqualTo(plan.annotations());
    }

    @Test
    void theRefIsWhatJenkinsRecordedOrElseWhatThePipelineSays() {
        assertThat(recorded("main").orSaid(null)).isEqualTo(Ref.parse("main"));
        assertThat(recorded("main").orSaid("refs/heads/main")).isEqualTo(Ref.parse("main"));
        assertThat(recorded("").orSaid("refs/tags/v1")).isEqualTo(Ref.parse("refs/tags/v1"));
    }

    @Test
    void noPipelineSaysAnotherRefThanJenkinsRecorded() {
        assertThatThrownBy(() -> recorded("feature").orSaid("main"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("This build is of branch feature, and ref says branch main."
                        + " Leave ref out: Jenkins knows what this job builds.");
        assertThatThrownBy(() -> recorded("").orSaid(null))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("Jenkins does not know which branch or tag this build is of."
                        + " Give ref, as in ref: 'refs/heads/main', or build it by a multibranch Pipeline.");
    }

    @Test
    void readsItsTextsBeforeItAsksAnybody() {
        ReleasePlanStep step = new ReleasePlanStep();
        step.setPhase("later");

        assertThatThrownBy(step::refuseWrongTexts)
                .hasMessage("'later' is not a phase of a release. Write build or push.");
        assertThatThrownBy(() -> ReleasePlanExecution.refuseTwoRules(true, true))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("releasePlan was given both rules and rulesFile. Give the rules as a text or in a file.");
    }
}
