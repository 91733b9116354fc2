package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublishOrderTest {

    @Test
    void travelsAsText() {
        List<Platform> platforms = Platform.parseAll(List.of("linux/arm64", "linux/amd64"));
        OrderedImage slim = new OrderedImage(
                "slim",
                "ghcr.io/acme/slim",
                List.of(new Tag("1.0"), new Tag("1.0.1")),
                platforms,
                platforms,
                Platform.parseAll(List.of("linux/arm64")),
                Map.of("index:a", "b=c"),
                Optional.of("app"));
        OrderedImage plain = new OrderedImage(
                "", "ghcr.io/acme/app", List.of(), List.of(), platforms, List.of(), Map.of(), Optional.empty());
        PublishOrder order = new PublishOrder(List.of(slim, plain), "ghcr", true);

        PublishOrder arrived = PublishOrder.parse(order.toJson());

        assertThat(arrived).isEqualTo(order);
        assertThat(arrived.toJson()).isEqualTo(order.toJson());
    }
}
