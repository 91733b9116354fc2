package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Backoff;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** Promotions in a docker-registry with another one as mirror; skipped where none is running. */
class DockerRegistryPromotionTest extends PromotionContract {
    private final String unique = "promotion-" + Long.toString(System.nanoTime(), 36);
    private String address;
    private String other;
    private Registry registry;

    @BeforeEach
    void connect() {
        address = RealTools.registry("registry");
        other = RealTools.registry("registry-basic");
        registry = HttpRegistry.builder()
                .credentials(repository -> repository.registry().equals(other)
                        ? Optional.of(Credentials.password(RealTools.user(), RealTools.password()))
                        : Optional.empty())
                .backoff(new Backoff(4, Duration.ofMillis(20)))
                .build();
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
    public Mirror mirror() {
        return Mirror.parse(other + "/" + unique + "/");
    }

    @Override
    public boolean removesTags() {
        return true;
    }
}
