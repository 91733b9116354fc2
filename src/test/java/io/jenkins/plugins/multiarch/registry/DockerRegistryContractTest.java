package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The contract over a docker-registry; skipped where none is running. */
class DockerRegistryContractTest {

    /** One way to run it, by the name the real tools have for it. */
    abstract static class OverDockerRegistry extends RegistryContract {
        private static final Set<Ability> LACKING = Set.of(Ability.REFERRERS_API, Ability.DELETE_TAG, Ability.SHA512);

        private final String name;
        private final String unique = "contract-" + Long.toString(System.nanoTime(), 36);
        private String address;
        private Registry registry;

        OverDockerRegistry(String name) {
            this.name = name;
        }

        @BeforeEach
        void connect() {
            address = RealTools.registry(name);
            registry = configured(HttpRegistry.builder().backoff(new Backoff(4, Duration.ofMillis(20))))
                    .build();
        }

        HttpRegistryBuilder configured(HttpRegistryBuilder client) {
            return client;
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        public Repository repository(String name) {
            return new Repository(address, unique + "/" + name);
        }

        @Override
        public boolean can(Ability ability) {
            return !LACKING.contains(ability);
        }

        static CredentialSource credentials() {
            return repository -> Optional.of(Credentials.password(RealTools.user(), RealTools.password()));
        }
    }

    @Nested
    class Plain extends OverDockerRegistry {
        Plain() {
            super("registry");
        }
    }

    @Nested
    class InChunks extends OverDockerRegistry {
        InChunks() {
            super("registry");
        }

        @Override
        HttpRegistryBuilder configured(HttpRegistryBuilder client) {
            return client.chunk(1 << 20);
        }
    }

    @Nested
    class WithPassword extends OverDockerRegistry {
        WithPassword() {
            super("registry-basic");
        }

        @Override
        HttpRegistryBuilder configured(HttpRegistryBuilder client) {
            return client.credentials(credentials());
        }
    }

    @Nested
    class OverTlsWithPassword extends OverDockerRegistry {
        OverTlsWithPassword() {
            super("registry-tls");
        }

        @Override
        HttpRegistryBuilder configured(HttpRegistryBuilder client) {
            return client.credentials(credentials()).extraCertificates(List.of(RealTools.certificateAuthority()));
        }
    }

    @Nested
    class WithTokens extends OverDockerRegistry {
        WithTokens() {
            super("registry-token");
        }

        @Override
        HttpRegistryBuilder configured(HttpRegistryBuilder client) {
            return client.credentials(credentials());
        }
    }
}
