package io.jenkins.plugins.multiarch.registry;

import io.jenkins.plugins.multiarch.image.Repository;
import org.junit.jupiter.api.Nested;

/** The contract over the registry in memory, so that tests with it show what happens with the others. */
class InMemoryRegistryContractTest {

    /** One kind of it. */
    abstract static class InMemory extends RegistryContract {
        private final InMemoryRegistry registry;
        private final boolean hasReferrersApi;

        InMemory(InMemoryRegistry registry, boolean hasReferrersApi) {
            this.registry = registry;
            this.hasReferrersApi = hasReferrersApi;
        }

        @Override
        public Registry registry() {
            return registry;
        }

        @Override
        public Repository repository(String name) {
            return Repository.parse("a.example/acme/" + name);
        }

        @Override
        public boolean can(Ability ability) {
            return switch (ability) {
                case REFERRERS_API -> hasReferrersApi;
                case DELETE -> hasReferrersApi; // what is deleted stays on the list of the fallback tag
                default -> true;
            };
        }
    }

    @Nested
    class WithReferrers extends InMemory {
        WithReferrers() {
            super(new InMemoryRegistry(), true);
        }
    }

    @Nested
    class WithFallbackTag extends InMemory {
        WithFallbackTag() {
            super(new InMemoryRegistry().withoutReferrersApi("a.example"), false);
        }
    }
}
