package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@link Registry} promises, of whatever registry is behind it: each kind passes every subject. */
abstract class RegistryContract implements ManifestContract, BlobContract, TagContract, ReferrerContract {

    @Test
    void tellsWhatTheRegistryCanDo() throws Exception {
        Capabilities capabilities = registry().probe(app());

        assertThat(capabilities)
                .isEqualTo(new Capabilities("registry/2.0", can(Ability.REFERRERS_API), authentication()));
    }
}
