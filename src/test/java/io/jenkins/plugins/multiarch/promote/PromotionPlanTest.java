package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.EvidenceBeside;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromotionPlanTest {
    private static final Repository APP = Repository.parse("a.example/acme/app");
    private static final Digest OLD = Digest.sha256(new byte[] {1});
    private static final Digest NEW = Digest.sha256(new byte[] {2});
    private static final Digest OTHER = Digest.sha256(new byte[] {3});

    private static PlannedTag move(String tag, Digest from, Digest to) {
        return new PlannedTag(
                new MovedTag(APP, new Tag(tag), Optional.of(from), to, !from.equals(to)),
                "1.4.1",
                "1.4.2",
                Platform.parseAll(List.of("linux/arm64")),
                Platform.parseAll(List.of("linux/s390x")));
    }

    private static PromotionPlan plan(PlannedTag... tags) {
        return new PromotionPlan(List.of(tags), List.of(), "", List.of());
    }

    @Test
    void saysVersionsAndPlatformsInOneLine() {
        assertThat(plan(move("stable", OLD, NEW)).lines())
                .containsExactly("Would move a.example/acme/app:stable from " + OLD + " to " + NEW
                        + ". Version 1.4.2 instead of 1.4.1. Adds linux/arm64. Loses linux/s390x.");
    }

    @Test
    void hasTheHashOfItsCanonicalForm() {
        String canonical = "{\"version\":1,\"tags\":[{\"reference\":\"a.example/acme/app@" + NEW
                + "\",\"repository\":\"a.example/acme/app\",\"tag\":\"stable\",\"previous\":\"" + OLD
                + "\",\"digest\":\""
                + NEW + "\",\"changed\":true,\"fromVersion\":\"1.4.1\",\"toVersion\":\"1.4.2\",\"platformsAdded\":"
                + "[\"linux/arm64\"],\"platformsLost\":[\"linux/s390x\"]}],\"supersededBy\":\"\"}";

        assertThat(plan(move("stable", OLD, NEW)).hash())
                .isEqualTo(Digest.sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hasTheSameHashWhateverTheOrderOfItsTagsAndTheAmountToCopy() {
        PromotionPlan one = plan(move("a", OLD, NEW), move("b", OLD, NEW));
        PromotionPlan two = new PromotionPlan(
                List.of(move("b", OLD, NEW), move("a", OLD, NEW)),
                List.of(new PlannedCopy(ImageRef.of(APP, NEW), APP, 5)),
                "",
                List.of());

        assertThat(one.hash())
                .isEqualTo(two.hash())
                .isNotEqualTo(plan(move("a", OLD, NEW)).hash());
    }

    private static PlannedImage image(boolean required, List<String> evidence, String... builds) {
        return new PlannedImage(ImageRef.of(APP, NEW), new EvidenceBeside(evidence, List.of(builds)), required);
    }

    @Test
    void saysWhatLiesBesideAnImageAndWhichBuildMadeIt() {
        PromotionPlan plan = plan().from(List.of(
                image(true, List.of("provenance", "sbom"), "https://jenkins.example.com/job/app/57/"),
                image(false, List.of("sbom")),
                image(false, List.of())));

        assertThat(plan.lines())
                .containsExactly(
                        "a.example/acme/app@" + NEW
                                + ": beside it lies provenance, sbom; its provenance names the build"
                                + " https://jenkins.example.com/job/app/57/. It satisfies what is required.",
                        "a.example/acme/app@" + NEW + ": beside it lies sbom. None of it was verified.",
                        "a.example/acme/app@" + NEW + ": no evidence lies beside it.");
    }

    @Test
    void saysTheFirstFewOfMuchEvidence() {
        List<String> types = IntStream.range(0, 1_000).mapToObj(i -> "type" + i).toList();

        assertThat(image(false, types).line())
                .contains("beside it lies type0, type1, type2, type3, type4, type5, type6, type7 and 992 more.");
    }

    @Test
    void hasTheSameHashWhateverLiesBesideItsImages() {
        PromotionPlan plan = plan(move("a", OLD, NEW));

        assertThat(plan.from(List.of(image(false, List.of("sbom")))).hash()).isEqualTo(plan.hash());
    }

    @Test
    void isReadFromItsJson() {
        PromotionPlan plan = plan(move("a", OLD, NEW));

        PromotionPlan read = PromotionPlan.parse(Json.write(plan.toJson()));

        assertThat(read.tags()).isEqualTo(plan.tags());
        assertThat(read.hash()).isEqualTo(plan.hash());
    }

    @Test
    void namesEveryDifference() {
        PromotionPlan agreed = plan(move("a", OLD, NEW), move("b", OLD, NEW), move("c", OLD, NEW));
        PromotionPlan now = plan(move("a", OTHER, NEW), move("b", OLD, OTHER), move("d", OLD, NEW));

        assertThatThrownBy(() -> now.refuseUnless(agreed.hash(), Optional.of(agreed)))
                .hasMessage("Nothing was promoted: the plan " + agreed.hash() + " holds no longer. Since then:\n- "
                        + APP
                        + ":a leads to " + OTHER + " instead of " + OLD + "\n- " + APP + ":b would lead to " + OTHER
                        + " instead of " + NEW + "\n- " + APP + ":d was not in it\n- " + APP
                        + ":c is no longer in it\n Look at a new plan, then apply that one.");
    }

    @Test
    void saysWhatItWouldBeNowWhereNobodyKeptIt() {
        PromotionPlan now = plan(move("a", OLD, NEW));

        assertThatThrownBy(() -> now.refuseUnless(OTHER, Optional.empty()))
                .hasMessage("Nothing was promoted: the plan " + OTHER + " holds no longer. By now it would be "
                        + now.hash() + ":\n- " + now.lines().get(0) + "\n Look at a new plan, then apply that one.");
    }

    @Test
    void holdsWhereItWasAppliedAlready() {
        PromotionPlan agreed = plan(move("a", OLD, NEW), move("b", OTHER, NEW));
        PromotionPlan now = plan(move("b", NEW, NEW), move("a", NEW, NEW));

        assertThatCode(() -> now.refuseUnless(agreed.hash(), Optional.of(agreed)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> plan(move("a", NEW, NEW)).refuseUnless(agreed.hash(), Optional.of(agreed)))
                .isInstanceOf(ReleaseException.class);
    }
}
