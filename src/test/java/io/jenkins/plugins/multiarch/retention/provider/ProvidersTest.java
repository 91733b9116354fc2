package io.jenkins.plugins.multiarch.retention.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Api;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.retention.DoomedManifest;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeGitHub;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeHarbor;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {
    private static final String ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

    private final FakeRegistry fake = FakeRegistry.start();
    private final HttpRegistry registry =
            HttpRegistry.builder().backoff(new Backoff(2, Duration.ofMillis(1))).build();
    private final ManifestStore plain = new PlainStub();

    /** Stands for the store that goes by the registry's own API. */
    private static final class PlainStub implements ManifestStore {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public Optional<List<StoredManifest>> list(Repository repository) {
            return Optional.empty();
        }

        @Override
        public List<Removal> delete(Repository repository, List<DoomedManifest> manifests) {
            return List.of();
        }

        @Override
        public Removal untag(Repository repository, Tag tag, Digest stays) {
            return Removal.GONE;
        }

        @Override
        public boolean restore(Repository repository, Digest digest) {
            return false;
        }

        @Override
        public Optional<Visibility> visibility(Repository repository) {
            return Optional.empty();
        }
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private Providers providers(Providers.Choice choice, Optional<AwsCredentials> aws) {
        return new Providers(
                registry.api(),
                registry,
                repository -> Optional.of(Credentials.password("ann", "secret")),
                any -> aws,
                plain,
                choice);
    }

    private Providers providers(String kind, URI api, String host) {
        return providers(
                new Providers.Choice(host, Optional.of(ProviderKind.parse(kind)), Optional.ofNullable(api)),
                Optional.empty());
    }

    private Providers found() {
        return providers(
                Providers.Choice.FOUND, Optional.of(new AwsCredentials("AKIDEXAMPLE", "secret", Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/acme/app, GitHub Packages",
        "containers.acme.ghe.com/acme/app, GitHub Packages",
        "acme/app, Docker Hub",
        ECR + "/app, Amazon ECR"
    })
    void findsAProviderByItsHost(String repository, String name) throws Exception {
        assertThat(found().of(Repository.parse(repository)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, https://api.github.com",
        "containers.acme.ghe.com, https://api.acme.ghe.com",
        "containers.github.acme.com, https://github.acme.com/api/v3",
        "github.acme.com, https://github.acme.com/api/v3"
    })
    void knowsWhereTheApisOfGitHubAre(String host, URI api) {
        assertThat(GitHubHosts.api(host)).isEqualTo(api);
    }

    @Test
    void findsHarborByAskingOnce() throws Exception {
        new FakeHarbor(fake, "ann", "secret");
        Providers providers = found();

        assertThat(providers.of(fake.repository("acme/app")).name()).isEqualTo("Harbor");
        assertThat(providers.of(fake.repository("acme/other"))).isSameAs(providers.of(fake.repository("acme/app")));
        assertThat(fake.requests("GET", "/api/v2.0/ping"))
                .hasSize(1)
                .allMatch(ping -> ping.authorization().isEmpty());
    }

    @Test
    void goesByTheRegistryItselfWhereItIsNoHarbor() throws Exception {
        Providers providers = found();

        assertThat(providers.of(fake.repository("acme/app"))).isSameAs(plain);
        assertThat(providers.of(fake.repository("acme/app"))).isSameAs(plain);
        assertThat(fake.requests("GET", "/api/v2.0/ping")).hasSize(1);
    }

    @Test
    void takesARegistryThatSendsPingsToItsPagesForNoHarbor() throws Exception {
        fake.serve("/api/", asked -> Api.Reply.of(302).with("Location", "/login"));

        assertThat(found().of(fake.repository("acme/app"))).isSameAs(plain);
    }

    @Test
    void doesNotGuessWhileARegistryHasTrouble() {
        new FakeHarbor(fake, "ann", "secret");
        fake.on("GET", "/api/v2.0/ping").always().fail(Fault.status(503));

        assertThatThrownBy(() -> found().of(fake.repository("acme/app")))
                .hasMessage("GET " + fake.address() + "/api/v2.0/ping was answered with 503."
                        + " Run this again in a while, or name the provider: harbor, or oci for any other registry.");
    }

    @Test
    void takesTheProviderThatIsNamedAtItsAddress() throws Exception {
        FakeGitHub github = new FakeGitHub(fake, "secret").organisation("acme");
        fake.addImage("acme/app", "1.0", "linux/amd64");

        ManifestStore store = providers("github", github.base(), fake.address()).of(fake.repository("acme/app"));

        assertThat(store.list(fake.repository("acme/app")).orElseThrow()).hasSize(1);
    }

    @Test
    void asksNothingWhereTheRegistryItselfIsNamed() throws Exception {
        assertThat(providers("oci", null, fake.address()).of(fake.repository("acme/app"))).isSameAs(plain);
        assertThat(fake.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "dockerhub", "ecr", "harbor", "oci"})
    void readsProvidersAsTheyAreWritten(String text) {
        assertThat(ProviderKind.parse(text)).hasToString(text);
    }

    @Test
    void refusesAProviderThatItDoesNotKnow() {
        assertThatThrownBy(() -> ProviderKind.parse("gitlab"))
                .hasMessage("'gitlab' is not a provider."
                        + " Write github, dockerhub, ecr, harbor or oci, or leave it out to have it found.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "dockerhub", "harbor"})
    void asksNoOtherRegistryByTheApiThatIsNamedForOne(String kind) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        fake.serve("/api-of-the-first", asked -> {
            heard.add(asked.header("Authorization").orElse("") + new String(asked.body(), StandardCharsets.UTF_8));
            return Api.Reply.json(200, Json.object().put("access_token", "token"));
        });
        Providers providers = new Providers(
                registry.api(),
                registry,
                repository -> Optional.of(Credentials.password(
                        "ann", repository.registry().equals(fake.address()) ? "of-the-first" : "of-the-second")),
                any -> Optional.empty(),
                plain,
                new Providers.Choice(
                        fake.address(),
                        Optional.of(ProviderKind.parse(kind)),
                        Optional.of(URI.create(fake.url() + "/api-of-the-first"))));

        try (FakeRegistry other = FakeRegistry.start()) {
            new FakeHarbor(other, "ann", "of-the-second");
            Repository second = other.repository("acme/app");
            providers.of(fake.repository("acme/app")).visibility(fake.repository("acme/app"));
            assertThat(providers.of(second).visibility(second)).isPresent();
        }

        String basic = Base64.getEncoder().encodeToString("ann:of-the-second".getBytes(StandardCharsets.UTF_8));
        assertThat(heard).isNotEmpty().noneMatch(said -> said.contains("of-the-second") || said.contains(basic));
    }

    @Test
    void refusesToTakeAnotherRegistryForDockerHub() {
        assertThatThrownBy(() -> providers("dockerhub", null, "registry.acme.com")
                        .of(new Repository("registry.acme.com", "acme/app")))
                .hasMessage("registry.acme.com is not Docker Hub, and its API would delete from another repository of the same"
                        + " path. Write docker.io before the path, or leave the provider out to have it found.");
    }

    @Test
    void refusesToTakeAnotherHostForEcr() {
        assertThatThrownBy(() -> providers("ecr", null, "registry.acme.com").of(new Repository("registry.acme.com", "app")))
                .hasMessage("registry.acme.com is not a host of Amazon ECR, so its account and region are not known."
                        + " Name it as in 123456789012.dkr.ecr.eu-central-1.amazonaws.com, or leave the provider out.");
    }

    @Test
    void needsAnAccessKeyForEcr() {
        assertThatThrownBy(() -> providers("ecr", null, ECR).of(new Repository(ECR, "app")))
                .hasMessage("There is no access key of AWS for " + ECR + ", and Amazon ECR lists nothing without."
                        + " Give an access key of AWS, and its session token if it has one, that may ecr:DescribeImages and"
                        + " ecr:BatchDeleteImage, or name the provider oci to go by tags alone.");
    }
}
