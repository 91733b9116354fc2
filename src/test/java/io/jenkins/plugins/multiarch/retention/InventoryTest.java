package io.jenkins.plugins.multiarch.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryTest {
    private static final Digest ONE = Digest.sha256(new byte[] {1});
    private static final Digest TWO = Digest.sha256(new byte[] {2});

    @Test
    void takesDigestsAloneAndBehindTheNamesOfImages() {
        String text = "# prod\n\n" + ONE + "\n  docker-pullable://ghcr.io/acme/app@" + TWO + " \n";

        assertThat(Inventory.parse(text)).extracting(Root::digest).containsExactly(ONE, TWO);
        assertThat(Inventory.parse(text)).allMatch(root -> root.repository().isEmpty());
    }

    @Test
    void refusesALineThatCouldMeanAnything() {
        assertThatThrownBy(() -> Inventory.parse(ONE + "\n\nghcr.io/acme/app:1.4\n"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "Line 3 of the inventory is 'ghcr.io/acme/app:1.4', which has no digest. Write one digest or"
                                + " image@digest a line, as in"
                                + " ghcr.io/acme/app@sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "# nothing runs\n"})
    void refusesAListThatNamesNothing(String text) {
        assertThatThrownBy(() -> Inventory.parse(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The inventory names no digest, so that nothing would be kept for it."
                        + " Look at what wrote it; leave it out if nothing is in use.");
    }
}
