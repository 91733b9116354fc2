package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where docker/metadata-action makes tags that no registry takes. */
class TagNameTest {

    @Test
    void beginsNoTagWithADotOrADash() {
        assertThat(TagName.of("-x")).isEqualTo(new TagName("_x", "no tag begins with '-'"));
        assertThat(TagName.of(".x").name()).isEqualTo("_x");
        assertThat(TagName.of("/x").name()).isEqualTo("_x");
    }

    @Test
    void cutsLongNamesAndTellsThemApart() {
        TagName one = TagName.of("feature/" + "a".repeat(200) + "1");
        TagName other = TagName.of("feature/" + "a".repeat(200) + "2");

        assertThat(one.name()).hasSize(128).startsWith("feature-aaa").isNotEqualTo(other.name());
        assertThat(one.note()).isEqualTo("cut, for tags have at most 128 characters");
        assertThat(TagName.of("a".repeat(128))).isEqualTo(new TagName("a".repeat(128), ""));
    }

    @Test
    void makesATagOfAnyText() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(200); length > 0; length--) {
                text.append((char) (32 + random.nextInt(200)));
            }
            assertThat(Tag.isValid(TagName.of(text.toString()).name()))
                    .as(text.toString())
                    .isTrue();
        }
    }

    @Test
    void tellsInThePlanWhatItChanged() {
        BuildFacts facts = BuildFacts.of(new Ref(Ref.Kind.BRANCH, "-x"), Cause.PUSH, Instant.EPOCH)
                .build();

        assertThat(Tags.withoutFurtherRules(facts, List.of("type=ref,event=branch"), List.of())
                        .decisions())
                .containsExactly(new TagDecision("_x", true, "type=ref,event=branch; no tag begins with '-'"));
    }
}
