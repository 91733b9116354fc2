package io.jenkins.plugins.multiarch.registry;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.multiarch.image.Repository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** The contract over a docker-registry; skipped where none is running. */
class DockerRegistryContractTest {

    /** One way to run it, named by the environment variable that holds its host and port. */
    abstract static class OverDockerRegistry extends RegistryContract {
        private static final Set<Ability> LACKING = Set.of(Ability.REFERRERS_API, Ability.DELETE_TAG, Ability.SHA512);

        private final String variable;
        private final String unique = "contract-" + Long.toString(System.nanoTime(), 36);
        private String address;
        private Registry registry;

        OverDockerRegistry(String variable) {
            this.variable = variable;
        }

        @BeforeEach
        void connect() {
            address = System.getenv(variable);
            assumeTrue(address != null, variable + " does not name a running docker-registry");
            registry = configured(HttpRegistry.builder().backoff(new Backoff(4, Duration.ofMillis(20))))
                    .build();
        }

        HttpRegistryBuilder configured(HttpRegistryBuilder client) {
            return client;
        }

        @Override
        Registry registry() {
            return registry;
        }

        @Override
        Repository repository(String name) {
            return new Repository(address, unique + "/" + name);
        }

        @Override
        boolean can(Ability ability) {
            return !LACKING.contains(ability);
        }

        @Override
        String authentication() {
            return "none";
        }

        static CredentialSource credentials() {
            String[] pair = System.getenv("ENGINES_CREDS").split(":", 2);
            return repository -> Optional.of(Credentials.password(pair[0], pair[1]));
        }
    }

    @Nested
    class Plain extends OverDockerRegistry {
        Plain() {
            super("ENGINES_REGISTRY_PLAIN");
        }
    }

    @Nested
    class InChunks extends OverDockerRegistry {
        InChunks() {
            super("ENGINES_REGISTRY_PLAIN");
        }

        @Override
        HttpRegistryBuilder configured(HttpRegistryBuilder client) {
            return client.chunk(1 << 20);
        }
    }

    @Nested
    class WithPassword extends OverDockerRegistry {
        WithPassword() {
            super("ENGINES_REGISTRY_BASIC");
        }

        @Override
        HttpRegistryBuilder configured(HttpRegistryBuilder client) {
            return client.credentials(credentials());
        }

        @Override
        String authentication() {
            return "basic";
        }
    }

    @Nested
    class OverTlsWithPassword extends OverDockerRegistry {
        OverTlsWithPassword() {
            super("ENGINES_REGISTRY_TLS");
        }

        @Override
        HttpRegistryBuilder configured(HttpRegistryBuilder client) {
            return client.credentials(credentials()).extraCertificates(List.of(Path.of(System.getenv("ENGINES_CA"))));
        }

        @Override
        String authentication() {
            return "basic";
        }
    }
}
