package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link Registry} promises of tags, and of deleting them and what they name. */
interface TagContract extends ContractedRegistry {

    @Test
    default void movesATag() throws Exception {
        ImageManifest before = image(app(), "linux/amd64");
        ImageManifest after = image(app(), "linux/arm64");
        registry().put(app(), STABLE, before);

        registry().put(app(), STABLE, after);

        assertThat(registry().find(app(), STABLE).orElseThrow().digest()).isEqualTo(after.digest());
        assertThat(registry().find(app(), before.digest())).isPresent();
    }

    @Test
    default void listsTagsInOrder() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        List<Tag> tags = List.of("b", "1.10", "a", "1.9", "_x", "B").stream()
                .map(Tag::new)
                .toList();
        for (Tag tag : tags) {
            registry().put(app(), tag, image);
        }

        assertThat(registry().tags(app())).extracting(Tag::name).containsExactly("1.10", "1.9", "B", "_x", "a", "b");
    }

    @Test
    default void listsNoTagsWhereThereIsNoRepository() throws Exception {
        assertThat(registry().tags(app())).isEmpty();
    }

    @Test
    default void deletesAManifestAndItsTags() throws Exception {
        assumeTrue(can(Ability.DELETE_TAGGED), "this registry deletes nothing that has a tag");
        ImageManifest image = image(app(), "linux/amd64");
        ImageManifest other = image(app(), "linux/arm64");
        registry().put(app(), V1, image);
        registry().put(app(), STABLE, other);

        boolean first = registry().delete(app(), image.digest());
        boolean second = registry().delete(app(), image.digest());

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(registry().find(app(), V1)).isEmpty();
        assertThat(registry().tags(app())).containsExactly(STABLE);
    }

    @Test
    default void deletesATagAloneOrSaysThatItCannot() throws Exception {
        ImageManifest image = image(app(), "linux/amd64");
        registry().put(app(), V1, image);
        registry().put(app(), STABLE, image);

        if (can(Ability.DELETE_TAG)) {
            assertThat(registry().deleteTag(app(), V1)).isTrue();
            assertThat(registry().deleteTag(app(), V1)).isFalse();
            assertThat(registry().tags(app())).containsExactly(STABLE);
        } else {
            assertThatThrownBy(() -> registry().deleteTag(app(), V1))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.isUnsupported()).isTrue());
            assertThat(registry().tags(app())).containsExactly(V1, STABLE);
        }
        assertThat(registry().find(app(), STABLE)).isPresent();
    }

    @Test
    default void listsNoTagsWhenAllAreDeleted() throws Exception {
        assumeTrue(can(Ability.DELETE_TAGGED), "this registry deletes nothing that has a tag");
        ImageManifest image = image(app(), "linux/amd64");
        registry().put(app(), V1, image);
        registry().delete(app(), image.digest());

        assertThat(registry().tags(app())).isEmpty();
    }
}
