package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopyTaskTest {
    private static final Repository APP = Repository.parse("ghcr.io/acme/app");
    private static final Repository ONE = Repository.parse("one.example/acme/app");
    private static final Repository TWO = Repository.parse("two.example/acme/app");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final List<String> log = new ArrayList<>();

    @Test
    void copiesOnTheAgentToEachRepository() throws Exception {
        Manifest image = new SampleImages(registry, APP).image("linux/arm64", "a");
        ImageRef reference = ImageRef.of(APP, image.digest());
        CopyTask task = Serialized.copy(CopyTask.of(
                List.of("ghcr.io", "one.example", "two.example"),
                List.of(new Copier.Copy(reference, ONE), new Copier.Copy(reference, TWO))));

        Answer answer = task.run(registry, Optional.empty(), log::add);

        assertThat(answer.orRefuse()).isTrue();
        assertThat(task.registries()).containsExactly("ghcr.io", "one.example", "two.example");
        assertThat(registry.head(ONE, image.digest())).isPresent();
        assertThat(registry.head(TWO, image.digest())).isPresent();
        assertThat(log).hasSize(2);
    }

    @Test
    void bringsARefusalBack() throws Exception {
        Manifest image = new SampleImages(new InMemoryRegistry(), APP).image("linux/arm64", "a");
        CopyTask task =
                CopyTask.of(List.of("ghcr.io"), List.of(new Copier.Copy(ImageRef.of(APP, image.digest()), ONE)));

        Answer answer = task.run(registry, Optional.empty(), log::add);

        assertThatThrownBy(Serialized.copy(answer)::orRefuse)
                .hasMessageStartingWith(APP + "@" + image.digest() + " does not exist in the registry");
    }
}
