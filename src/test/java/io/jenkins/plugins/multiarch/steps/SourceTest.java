package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {

    @Test
    void readsAStashByItsName() {
        assertThat(Source.parse("stash:source")).isEqualTo(new Source("stash", "source"));
    }

    @Test
    void carriesAWorkspaceByAStash() {
        Source workspace = Source.parse("workspace");

        assertThat(workspace.isWorkspace()).isTrue();
        assertThat(workspace.carriedAs("multiarch-7")).isEqualTo(new Source("workspace", "multiarch-7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"git", "stash:", "stash"})
    void saysWhatThereIs(String text) {
        assertThatThrownBy(() -> Source.parse(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + text + "' is no source. Write scm, workspace, or stash:NAME.");
    }
}
