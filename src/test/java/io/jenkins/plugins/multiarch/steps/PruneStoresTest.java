package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.retention.Stores;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PruneStoresTest {
    private static final String ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";

    private static Stores stores(String first) {
        return new PruneStores(
                        HttpRegistry.builder().build(),
                        first,
                        CredentialSource.ANONYMOUS,
                        Optional.of(new Login("AKIDEXAMPLE", "secret")))
                .of(Optional.empty());
    }

    @Test
    void signsWithTheKeyOfTheFirstRegistry() throws Exception {
        assertThat(stores(ECR).of(new Repository(ECR, "app")).name()).isEqualTo("Amazon ECR");
    }

    @Test
    void takesWhatIsForTheFirstRegistryForNoKeyOfAnother() {
        assertThatThrownBy(() -> stores("ghcr.io").of(new Repository(ECR, "app")))
                .hasMessageStartingWith("There is no access key of AWS for " + ECR);
    }
}
