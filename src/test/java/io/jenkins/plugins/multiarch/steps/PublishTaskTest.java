package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishTaskTest {
    private static final List<Platform> PLATFORMS = Platform.parseAll(List.of("linux/amd64", "linux/arm64"));

    private final List<String> log = new ArrayList<>();
    private final ArrayList<String> built = new ArrayList<>();
    private FakeRegistry registry;

    @BeforeEach
    void start() {
        registry = FakeRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private OrderedImage image(String variant, String path, String... tags) {
        return new OrderedImage(
                variant,
                registry.repository(path).toString(),
                Tag.parseAll(List.of(tags)),
                List.of(),
                PLATFORMS,
                List.of(),
                Map.of(),
                Optional.empty());
    }

    /** Each platform of it stands in the registry, as its agent pushed it. */
    private void built(OrderedImage image, String path) {
        for (Platform platform : PLATFORMS) {
            ImageManifest manifest = registry.addImageManifest(path, image.variant() + platform, platform.toString());
            CollectedImage found = new CollectedImage(
                    manifest.digest(), manifest.descriptor().withPlatform(platform), List.of(), Optional.empty());
            BuiltCell.Facts how = new BuiltCell.Facts("agent", "buildah", false, 1, "");
            built.add(new BuiltCell(image.variant(), platform, Optional.of(new BuiltCell.Image(found, how))).toJson());
        }
    }

    private HashMap<String, String> publish(boolean published, OrderedImage... images) throws Exception {
        String order = new PublishOrder(List.of(images), "", published).toJson();
        return new PublishTask(order, built).run(HttpRegistry.builder().build(), Optional.empty(), log::add);
    }

    @Test
    void publishesTheIndexAndItsTags() throws Exception {
        OrderedImage app = image("", "acme/app", "1.0", "sha-1");
        built(app, "acme/app");

        HashMap<String, String> digests = publish(true, app);

        assertThat(registry.tagged("acme/app", "1.0")).map(Object::toString).contains(digests.get(""));
        assertThat(registry.tagged("acme/app", "sha-1")).map(Object::toString).contains(digests.get(""));
    }

    @Test
    void foreseesTheIndexItDoesNotPublish() throws Exception {
        OrderedImage app = image("", "acme/app", "1.0");
        built(app, "acme/app");

        HashMap<String, String> foreseen = publish(false, app);

        assertThat(registry.tags("acme/app")).isEmpty();
        assertThat(log)
                .containsExactly(
                        "Published nothing; the index would be " + app.repository() + "@" + foreseen.get("") + ".");
        assertThat(publish(true, app)).isEqualTo(foreseen);
    }

    @Test
    void movesNoTagOfAnyVariantBeforeAllIndexesStand() throws Exception {
        OrderedImage slim = image("slim", "acme/slim", "1.0");
        OrderedImage full = image("full", "acme/full", "1.0");
        built(slim, "acme/slim");
        built(full, "acme/full");
        registry.on("PUT", "/v2/acme/full/manifests/*")
                .always()
                .fail(io.jenkins.plugins.multiarch.registry.fake.Fault.status(403));

        assertThatThrownBy(() -> publish(true, slim, full)).isInstanceOf(ReleaseException.class);

        assertThat(registry.tags("acme/slim")).isEmpty();
    }

    @Test
    void movesNoTagOfAnyVariantWhereOneIsTaken() throws Exception {
        OrderedImage slim = image("slim", "acme/app", "1.0-slim");
        OrderedImage full = image("full", "acme/app", "1.0-full");
        built(slim, "acme/app");
        built(full, "acme/app");
        registry.tag(
                "acme/app", "1.0-full", BuiltCell.parse(built.get(0)).found().root());

        assertThatThrownBy(() -> publish(true, slim, full))
                .isInstanceOf(ReleaseException.class)
                .hasMessageContaining("Tag 1.0-full of " + full.repository() + " is not moved");

        assertThat(registry.tags("acme/app")).containsExactly("1.0-full");
    }

    @Test
    void refusesAnImageOfWhichNothingWasBuilt() {
        OrderedImage app = image("", "acme/app");

        assertThatThrownBy(() -> publish(true, app))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("No platform of " + app.repository()
                        + " was built. Bring an agent online that builds one of them.");
    }
}
