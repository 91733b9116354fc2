package io.jenkins.plugins.multiarch.registry;

import static io.jenkins.plugins.multiarch.registry.RegistryFeature.LARGE_MANIFESTS;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.MANIFEST_REMOVAL;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.MOUNTS;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.MOVES_ON_CONDITION;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.MOVING_TAGS;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.NEW_TAGS_ON_CONDITION;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.RANGES;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.REFERRERS_API;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.SUBJECTS;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.TAGS_TOGETHER;
import static io.jenkins.plugins.multiarch.registry.RegistryFeature.TAG_REMOVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistryDoctorTest {

    @Test
    void writesNothingUnlessAllowed() throws Exception {
        try (FakeRegistry fake = FakeRegistry.start()) {
            RegistryReport report = HttpRegistry.builder().build().doctor().look(fake.repository("acme/scratch"));

            assertThat(report.features()).containsOnlyKeys(REFERRERS_API);
            assertThat(fake.requests()).allMatch(request -> request.method().equals("GET"));
        }
    }

    @Test
    void leavesNothingBehind() throws Exception {
        try (FakeRegistry fake = FakeRegistry.start()) {
            Repository scratch = fake.repository("acme/scratch");
            Registry registry = HttpRegistry.builder().build();

            RegistryReport report = HttpRegistry.builder().build().doctor().tryOut(scratch);

            assertThat(report.left()).isEmpty();
            assertThat(registry.tags(scratch)).isEmpty();
        }
    }

    @Test
    void namesWhatTheRegistryDoesNotRemove() throws Exception {
        try (FakeRegistry fake =
                FakeRegistry.builder().with(Trait.DELETE_DISABLED).start()) {
            Repository scratch = fake.repository("acme/scratch");

            RegistryReport report = HttpRegistry.builder().build().doctor().tryOut(scratch);

            assertThat(report.left())
                    .anyMatch(name -> name.startsWith("trial-"))
                    .anyMatch(name -> name.startsWith("sha256:"));
            assertThat(report.lines().get(report.lines().size() - 1))
                    .isEqualTo("Left in " + scratch + ", for it could not be removed: "
                            + String.join(", ", report.left()));
        }
    }

    static Stream<Arguments> traits() {
        return Stream.of(
                Arguments.of(Trait.NO_REFERRERS_API, EnumSet.of(REFERRERS_API, SUBJECTS)),
                Arguments.of(Trait.NO_MOUNT, EnumSet.of(MOUNTS)),
                Arguments.of(Trait.IF_MATCH_IGNORED, EnumSet.of(MOVES_ON_CONDITION)),
                Arguments.of(Trait.NO_RANGES, EnumSet.of(RANGES)),
                Arguments.of(Trait.TAG_DELETE_UNSUPPORTED, EnumSet.of(TAG_REMOVAL)),
                Arguments.of(Trait.DELETE_DISABLED, EnumSet.of(TAG_REMOVAL, MANIFEST_REMOVAL)));
    }

    @ParameterizedTest
    @MethodSource("traits")
    void tellsEachThingThatARegistryLacks(Trait trait, Set<RegistryFeature> lacking) throws Exception {
        try (FakeRegistry fake =
                FakeRegistry.builder().with(Trait.CONDITIONAL_PUT).with(trait).start()) {
            assertThat(missing(fake.repository("acme/scratch")))
                    .containsExactlyInAnyOrderElementsOf(union(lacking, TAGS_TOGETHER));
        }
    }

    @Test
    void tellsThatARegistryTakesNoConditions() throws Exception {
        try (FakeRegistry fake = FakeRegistry.start()) {
            assertThat(missing(fake.repository("acme/scratch"))).contains(NEW_TAGS_ON_CONDITION, MOVES_ON_CONDITION);
        }
    }

    @Test
    void tellsThatAnEntityTagHoldsNoMoveUp() throws Exception {
        try (FakeRegistry fake =
                FakeRegistry.builder().with(Trait.CONDITIONAL_PUT).start()) {
            fake.on("PUT", "/v2/acme/scratch/manifests/trial-*").occurrence(4).fail(Fault.status(412));

            assertThat(missing(fake.repository("acme/scratch"))).contains(MOVES_ON_CONDITION);
        }
    }

    @Test
    void mountsFromAnotherRepositoryAndLeavesNothingThere() throws Exception {
        try (FakeRegistry fake = FakeRegistry.start()) {
            HttpRegistry.builder().build().doctor().tryOut(fake.repository("acme/scratch"));

            assertThat(fake.requests())
                    .anyMatch(request -> request.query().contains("mount=sha256:")
                            && request.query().contains("from=acme/scratch-beside"))
                    .anyMatch(request -> request.method().equals("DELETE")
                            && request.path().startsWith("/v2/acme/scratch-beside/blobs/sha256:"));
        }
    }

    @Test
    void saysWhereItHasNothingToMountFrom() throws Exception {
        try (FakeRegistry fake = FakeRegistry.start()) {
            fake.on("*", "/v2/acme/scratch-beside/*").always().fail(Fault.status(403));

            RegistryReport report = HttpRegistry.builder().build().doctor().tryOut(fake.repository("acme/scratch"));

            assertThat(report.features()).doesNotContainKey(MOUNTS);
            assertThat(report.untried())
                    .singleElement()
                    .asString()
                    .startsWith("Not tried: mounts, for there is no second repository to mount from. ")
                    .contains("403");
            assertThat(report.lines()).contains(report.untried().get(0));
            assertThat(report.toJson().path("untried").get(0).asText())
                    .isEqualTo(report.untried().get(0));
        }
    }

    /** A tag that cannot be moved anyhow says nothing of conditions. */
    @Test
    void tellsNothingThatItDidNotFindOut() throws Exception {
        try (FakeRegistry fake =
                FakeRegistry.builder().with(Trait.IMMUTABLE_TAGS).start()) {
            RegistryReport report = HttpRegistry.builder().build().doctor().tryOut(fake.repository("acme/scratch"));

            assertThat(report.features())
                    .doesNotContainKeys(NEW_TAGS_ON_CONDITION, MOVES_ON_CONDITION)
                    .containsEntry(MOVING_TAGS, false);
        }
    }

    @Test
    void tellsWhatCredentialsAreAskedFor() throws Exception {
        try (FakeRegistry fake =
                FakeRegistry.builder().withBearerTokens("ada", "s3cret").start()) {
            RegistryDoctor doctor = HttpRegistry.builder()
                    .credentials(repository -> Optional.of(Credentials.password("ada", "s3cret")))
                    .build()
                    .doctor();

            RegistryReport report = doctor.look(fake.repository("acme/scratch"));

            assertThat(report.lines().get(0)).isEqualTo(fake.address() + " speaks registry/2.0 and asks for bearer.");
            assertThat(report.toJson().toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void refusesARepositoryThatMayNotBeWritten() throws Exception {
        try (FakeRegistry fake =
                FakeRegistry.builder().with(Trait.NO_AUTO_CREATION).start()) {
            RegistryDoctor doctor = HttpRegistry.builder().build().doctor();

            assertThatThrownBy(() -> doctor.tryOut(fake.repository("acme/scratch")))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("NAME_UNKNOWN");
        }
    }

    @Test
    void knowsDockerRegistry() throws Exception {
        RealTools.require("registry");
        Repository scratch =
                Repository.parse(RealTools.registry("registry") + "/doctor/" + Long.toString(System.nanoTime(), 36));

        assertThat(missing(scratch))
                .containsExactlyInAnyOrder(
                        REFERRERS_API, SUBJECTS, NEW_TAGS_ON_CONDITION, MOVES_ON_CONDITION, TAGS_TOGETHER, TAG_REMOVAL);
        assertThat(HttpRegistry.builder().build().tags(scratch)).isEmpty();
    }

    private static Set<RegistryFeature> missing(Repository repository) throws Exception {
        RegistryReport report = HttpRegistry.builder().build().doctor().tryOut(repository);
        assertThat(report.features()).containsOnlyKeys(RegistryFeature.values()).containsEntry(LARGE_MANIFESTS, true);
        Set<RegistryFeature> missing = EnumSet.allOf(RegistryFeature.class);
        missing.removeIf(feature -> report.features().get(feature));
        return missing;
    }

    private static Set<RegistryFeature> union(Set<RegistryFeature> some, RegistryFeature more) {
        Set<RegistryFeature> all = EnumSet.copyOf(some);
        all.add(more);
        return all;
    }
}
