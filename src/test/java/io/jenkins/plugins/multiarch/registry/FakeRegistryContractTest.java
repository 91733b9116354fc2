package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.fake.ChallengeForm;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract over the in-process registry, as the specification has it and as those people use are. */
class FakeRegistryContractTest {

    /** One kind of registry. */
    abstract static class OverFake extends RegistryContract {
        private final FakeRegistryBuilder options;
        private final String authentication;
        private final Set<Ability> lacking;
        private FakeRegistry fake;
        private Registry registry;

        OverFake(FakeRegistryBuilder options, String authentication, Ability... lacking) {
            this.options = options;
            this.authentication = authentication;
            this.lacking = Set.of(lacking);
        }

        @BeforeEach
        void start() throws IOException {
            fake = options.start();
            registry = configured(HttpRegistry.builder()).build();
        }

        HttpRegistryBuilder configured(HttpRegistryBuilder client) throws IOException {
            CredentialSource source = authentication.equals("none")
                    ? CredentialSource.ANONYMOUS
                    : repository -> Optional.of(Credentials.password("ci", "secret"));
            return client.credentials(source).backoff(new Backoff(4, Duration.ofMillis(1)));
        }

        FakeRegistry fake() {
            return fake;
        }

        @AfterEach
        void stop() {
            fake.close();
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        public Repository repository(String name) {
            return fake.repository("acme/" + name);
        }

        @Override
        public boolean can(Ability ability) {
            return EnumSet.complementOf(lacking.isEmpty() ? EnumSet.noneOf(Ability.class) : EnumSet.copyOf(lacking))
                    .contains(ability);
        }
    }

    @Nested
    class AsSpecified extends OverFake {
        AsSpecified() {
            super(FakeRegistry.builder(), "none");
        }
    }

    @Nested
    class InPagesWithRedirectedBlobsAndChunks extends OverFake {
        InPagesWithRedirectedBlobsAndChunks() {
            super(
                    FakeRegistry.builder()
                            .withPageSize(1)
                            .with(Trait.REDIRECTED_BLOBS, Trait.NO_REFERRERS_FILTER, Trait.ABSOLUTE_ADDRESSES)
                            .withBasicAuth("ci", "secret"),
                    "basic");
        }

        @Override
        HttpRegistryBuilder configured(HttpRegistryBuilder client) throws IOException {
            return super.configured(client).chunk(1 << 20);
        }
    }

    @Nested
    class WithTokens extends OverFake {
        WithTokens() {
            super(
                    FakeRegistry.builder()
                            .withBearerTokens("ci", "secret")
                            .withChallenge(ChallengeForm.SHUFFLED)
                            .with(Trait.CONDITIONAL_PUT, Trait.NO_REFERRERS_API),
                    "bearer",
                    Ability.REFERRERS_API);
        }
    }

    @Nested
    class WithTlsAndPassword extends OverFake {
        @TempDir
        private Path directory;

        WithTlsAndPassword() {
            super(FakeRegistry.builder().withTls().withBasicAuth("ci", "secret"), "basic");
        }

        @Override
        HttpRegistryBuilder configured(HttpRegistryBuilder client) throws IOException {
            Path authority = Files.writeString(directory.resolve("ca.pem"), fake().authority());
            return super.configured(client).extraCertificates(List.of(authority));
        }
    }

    @Nested
    class AsDockerRegistry extends OverFake {
        AsDockerRegistry() {
            super(
                    FakeRegistry.builder().imitating(Quirks.DOCKER_REGISTRY),
                    "none",
                    Ability.REFERRERS_API,
                    Ability.DELETE_TAG,
                    Ability.SHA512);
        }
    }

    @Nested
    class AsGhcr extends OverFake {
        AsGhcr() {
            super(
                    FakeRegistry.builder().imitating(Quirks.GHCR).withBearerTokens("ci", "secret"),
                    "bearer",
                    Ability.REFERRERS_API,
                    Ability.DELETE,
                    Ability.DELETE_TAGGED,
                    Ability.DELETE_TAG);
        }
    }

    @Nested
    class AsEcr extends OverFake {
        AsEcr() {
            super(FakeRegistry.builder().imitating(Quirks.ECR).withBasicAuth("ci", "secret"), "basic");
        }
    }

    @Nested
    class AsDockerHub extends OverFake {
        AsDockerHub() {
            super(
                    FakeRegistry.builder()
                            .imitating(Quirks.DOCKER_HUB)
                            .withBearerTokens("ci", "secret")
                            .withChallenge(ChallengeForm.BASIC_IN_SECOND_HEADER),
                    "bearer",
                    Ability.REFERRERS_API,
                    Ability.DELETE,
                    Ability.DELETE_TAGGED,
                    Ability.DELETE_TAG);
        }
    }
}
