package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a builder left, pushed to a registry. */
class BuiltOutputPushTest {
    private static final BuildPlan ARM64 = new SamplePlan("linux/arm64").plan();

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();
    private SampleOutput builder;

    @BeforeEach
    void startAnEmptyFolder() {
        builder = new SampleOutput(folder);
    }

    @Test
    void pushesByDigestAndOnce() throws IOException, InterruptedException {
        ImageManifest written = builder.layout("arm64", MediaTypes.OCI_LAYER_GZIP);

        try (FakeRegistry fake = FakeRegistry.start();
                BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
            Repository target = fake.repository("acme/app");
            Registry registry =
                    HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
            output.push(registry, target, log::add);
            output.push(registry, target, log::add);

            assertThat(log)
                    .containsExactly(
                            "Pushed linux/arm64 as " + target + "@" + written.digest() + ".",
                            "linux/arm64 stood as " + target + "@" + written.digest() + " already.");
            assertThat(fake.tags("acme/app")).isEmpty();
            assertThat(registry.get(ImageRef.of(target, written.digest())).bytes())
                    .isEqualTo(written.bytes());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsAttestationsBesideTheirImage(boolean insideAnotherIndex) throws IOException, InterruptedException {
        ImageIndex index = builder.attested(MediaTypes.OCI_LAYER_GZIP, insideAnotherIndex);

        try (FakeRegistry fake = FakeRegistry.start();
                BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
            Repository target = fake.repository("acme/app");
            Registry registry =
                    HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
            output.push(registry, target, log::add);

            assertThat(output.digest()).isEqualTo(index.digest());
            assertThat(output.image().digest()).isEqualTo(index.images().get(0).digest());
            assertThat(output.attestations()).hasSize(1);
            for (Descriptor child : index.manifests()) {
                assertThat(registry.head(target, child.digest())).isPresent();
            }
        }
    }

    @Test
    void mountsTheLayersOfABaseOnTheSameRegistry() throws IOException, InterruptedException {
        ImageManifest written = builder.layout("arm64", MediaTypes.OCI_LAYER_GZIP);

        try (FakeRegistry fake = FakeRegistry.start()) {
            Registry registry =
                    HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
            Repository base = fake.repository("acme/base");
            try (BuiltOutput output = BuiltOutput.read(folder, ARM64)) {
                output.push(registry, base, log::add);
            }
            BuildPlan child = new SamplePlan("linux/arm64")
                    .put("baseImages", "base", base + "@" + written.digest())
                    .put("annotations", "child", "1")
                    .plan();
            try (BuiltOutput output = BuiltOutput.read(folder, child)) {
                output.push(registry, fake.repository("acme/child"), log::add);
            }

            assertThat(fake.requests())
                    .filteredOn(request -> request.query()
                            .contains("mount=" + written.layers().get(0).digest()))
                    .hasSize(1);
        }
    }

    @Test
    void pushesAllWhereABaseOnTheSameRegistryCannotBeUnderstood() throws IOException, InterruptedException {
        ImageManifest written = builder.layout("arm64", MediaTypes.OCI_LAYER_GZIP);

        try (FakeRegistry fake = FakeRegistry.start()) {
            Digest broken = fake.addManifest(
                    "acme/base", "1", MediaTypes.OCI_MANIFEST, "{\"config\":1}".getBytes(StandardCharsets.UTF_8));
            BuildPlan child = new SamplePlan("linux/arm64")
                    .put("baseImages", "base", fake.repository("acme/base") + "@" + broken)
                    .plan();
            try (BuiltOutput output = BuiltOutput.read(folder, child)) {
                output.push(
                        HttpRegistry.builder().plainHttp(Set.of(fake.address())).build(),
                        fake.repository("acme/child"),
                        log::add);
            }

            assertThat(fake.hasBlob("acme/child", written.layers().get(0).digest()))
                    .isTrue();
        }
    }
}
