package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.ChallengeForm;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Promotions in the in-process registry, as the specification has it and as those people use are. */
class FakeRegistryPromotionTest {

    /** One kind of registry. */
    abstract static class OverFake extends PromotionContract {
        private final FakeRegistryBuilder options;
        private final boolean removesTags;
        private final boolean secured;
        private FakeRegistry fake;
        private FakeRegistry second;
        private Registry registry;

        OverFake(FakeRegistryBuilder options, boolean secured, boolean removesTags) {
            this.options = options;
            this.secured = secured;
            this.removesTags = removesTags;
        }

        @BeforeEach
        void start() {
            fake = options.start();
            second = options.start();
            CredentialSource source = secured
                    ? repository -> Optional.of(Credentials.password("ci", "secret"))
                    : CredentialSource.ANONYMOUS;
            registry = HttpRegistry.builder()
                    .credentials(source)
                    .backoff(new Backoff(4, Duration.ofMillis(1)))
                    .build();
        }

        @AfterEach
        void stop() {
            fake.close();
            second.close();
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
        public Mirror mirror() {
            return Mirror.parse(second.address() + "/copy/");
        }

        @Override
        public boolean removesTags() {
            return removesTags;
        }
    }

    @Nested
    class AsSpecified extends OverFake {
        AsSpecified() {
            super(FakeRegistry.builder(), false, true);
        }
    }

    @Nested
    class WithConditionsInPagesAndRedirectedBlobs extends OverFake {
        WithConditionsInPagesAndRedirectedBlobs() {
            super(
                    FakeRegistry.builder()
                            .withPageSize(1)
                            .with(
                                    Trait.CONDITIONAL_PUT,
                                    Trait.REDIRECTED_BLOBS,
                                    Trait.NO_REFERRERS_FILTER,
                                    Trait.NO_MOUNT),
                    false,
                    true);
        }
    }

    @Nested
    class AsDockerRegistry extends OverFake {
        AsDockerRegistry() {
            super(FakeRegistry.builder().imitating(Quirks.DOCKER_REGISTRY), false, true);
        }
    }

    @Nested
    class AsGhcr extends OverFake {
        AsGhcr() {
            super(FakeRegistry.builder().imitating(Quirks.GHCR).withBearerTokens("ci", "secret"), true, false);
        }
    }

    @Nested
    class AsEcr extends OverFake {
        AsEcr() {
            super(FakeRegistry.builder().imitating(Quirks.ECR).withBasicAuth("ci", "secret"), true, true);
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
                    true,
                    false);
        }
    }
}
