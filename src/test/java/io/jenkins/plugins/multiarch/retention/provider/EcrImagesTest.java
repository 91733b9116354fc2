package io.jenkins.plugins.multiarch.retention.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Api;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.ManifestStore.Visibility;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeEcr;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcrImagesTest extends ManifestStoreContract {
    private static final String ACCOUNT = "123456789012";
    private static final String TOKEN = "session-token-of-a-role";

    @Override
    FakeRegistry start() {
        return FakeRegistry.builder().imitating(Quirks.ECR).start();
    }

    @Override
    FakeProvider provider() {
        return new FakeEcr(fake, ACCOUNT, SECRET, TOKEN);
    }

    @Override
    ManifestStore store(HttpRegistry registry, String secret) {
        return new EcrImages(
                registry.api(),
                provider.base(),
                new EcrRegistry(ACCOUNT, "eu-central-1", "amazonaws.com"),
                registry,
                new AwsCredentials(FakeEcr.ACCESS_KEY, secret, Optional.of(TOKEN)));
    }

    @Override
    String refuseToDelete(Manifest manifest) {
        fake.addIndex(path, "both", manifest.descriptor());
        return "an index lists it, and ECR keeps what is listed";
    }

    @Test
    void listsUntaggedImagesToo() throws Exception {
        assertThat(listed().stream().map(StoredManifest::digest)).contains(child());
    }

    @Test
    void deletesWhatAnIndexListsAfterIt() throws Exception {
        List<Digest> all = new ArrayList<>();
        first.children().stream().map(Descriptor::digest).forEach(all::add);
        all.add(first.digest());

        assertThat(delete(all.toArray(Digest[]::new))).hasSize(3).containsOnly(Removal.DELETED);
        assertThat(fake.requests("POST", "/ecr/")).hasSize(2);
    }

    @Test
    void deletesAHundredAtATime() throws Exception {
        List<Digest> all = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            all.add(fake.addImage(path, "v" + i, "linux/amd64").digest());
        }

        assertThat(delete(all.toArray(Digest[]::new))).hasSize(250).containsOnly(Removal.DELETED);
        assertThat(fake.requests("POST", "/ecr/")).hasSize(3);
    }

    @Test
    void goesOnAfterABatchThatFails() throws Exception {
        List<Digest> all = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            all.add(fake.addImage(path, "v" + i, "linux/amd64").digest());
        }
        fake.on("POST", "/ecr/").occurrence(2).times(3).fail(Fault.status(500));

        List<Removal> removals = delete(all.toArray(Digest[]::new));

        assertThat(removals.subList(100, 200)).allMatch(removal -> removal.outcome() == Removal.Outcome.FAILED);
        assertThat(removals.subList(0, 100)).containsOnly(Removal.DELETED);
        assertThat(removals.subList(200, 250)).containsOnly(Removal.DELETED);
    }

    @Test
    void saysWhatEcrAnswersForOneOfABatch() throws Exception {
        fake.serve(
                "/ecr",
                asked -> Api.Reply.json(
                        200,
                        Json.read(
                                ("{\"imageIds\":[],\"failures\":[{\"imageId\":{\"imageDigest\":\"" + second.digest()
                                                + "\"},\"failureCode\":\"KmsError\",\"failureReason\":\"no key\"}]}")
                                        .getBytes(),
                                "It")));

        assertThat(delete(second.digest(), first.digest()))
                .containsExactly(
                        Removal.failed("ECR answers with KmsError (no key)"),
                        Removal.failed("ECR does not say what became of it"));
    }

    @Test
    void leavesTheLastTagWhereTagsAreImmutable() throws Exception {
        try (FakeRegistry immutable = FakeRegistry.builder()
                .imitating(Quirks.ECR)
                .with(Trait.IMMUTABLE_TAGS)
                .start()) {
            Manifest image = immutable.addImage(path, "1.0", "linux/amd64");
            FakeEcr ecr = new FakeEcr(immutable, ACCOUNT, SECRET, TOKEN);
            HttpRegistry registry = client();
            ManifestStore there = new EcrImages(
                    registry.api(),
                    ecr.base(),
                    new EcrRegistry(ACCOUNT, "eu-central-1", "amazonaws.com"),
                    registry,
                    new AwsCredentials(FakeEcr.ACCESS_KEY, SECRET, Optional.of(TOKEN)));

            assertThat(there.untag(immutable.repository(path), V1, image.digest()))
                    .isEqualTo(Removal.kept(
                            "tags are immutable there, and an image's last one goes with the image alone"));
            assertThat(immutable.tagged(path, "1.0")).contains(image.digest());
        }
    }

    @Test
    void saysWhatTheKeyLacks() {
        fake.serve(
                "/ecr",
                asked -> Api.Reply.json(
                        400,
                        Json.object()
                                .put("__type", "AccessDeniedException")
                                .put("message", "User is not authorized to perform: ecr:DescribeImages")));

        assertThatThrownBy(() -> store.list(app))
                .hasMessage("POST " + fake.address() + "/ecr/ was answered with 400 AccessDeniedException"
                        + " (User is not authorized to perform: ecr:DescribeImages). The credentials may not do that; give"
                        + " Amazon ECR an access key of AWS, and its session token if it has one, that may"
                        + " ecr:DescribeImages and ecr:BatchDeleteImage.");
    }

    @Test
    void saysWhereARepositoryIsNotThere() {
        assertThatThrownBy(() -> store.list(fake.repository("acme/other")))
                .hasMessageContaining("400 RepositoryNotFoundException")
                .hasMessageContaining("Check the name of the repository");
    }

    @Test
    void neitherRestoresNorHasPublicRepositories() throws Exception {
        assertThat(store.restore(app, second.digest())).isFalse();
        assertThat(store.visibility(app)).contains(Visibility.PRIVATE);
    }

    @Test
    void removesATagWithoutAThrowAwayWhereThereAreOthers() throws Exception {
        store.untag(app, new Tag("stable"), second.digest());

        assertThat(fake.requests("PUT", "*")).isEmpty();
    }

    @Test
    void putsAnImageBackWhoseOtherTagsWentAtTheSameTime() throws Exception {
        fake.on("POST", "/ecr/").fail(Fault.after(() -> fake.untag(path, "2.0")));

        assertThat(store.untag(app, new Tag("stable"), second.digest())).isEqualTo(Removal.DELETED);
        assertThat(fake.tags(path)).containsExactly("1.0");
        assertThat(fake.manifests(path)).contains(second.digest());
    }

    @Test
    void keepsAnImageByATagThatItGotWhileItWasDeleted() throws Exception {
        fake.on("POST", "/ecr/").fail(Fault.before(() -> fake.tag(path, "prod", second.digest())));

        assertThat(delete(second.digest()))
                .containsExactly(Removal.kept("the tag prod, which was set meanwhile, leads to it"));
        assertThat(fake.tags(path)).containsExactly("1.0", "prod");
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com, https://api.ecr.eu-central-1.amazonaws.com",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, https://api.ecr.cn-north-1.amazonaws.com.cn"
    })
    void findsAccountAndRegionInTheHost(String host, URI api) {
        EcrRegistry place = EcrRegistry.parse(host).orElseThrow();

        assertThat(place.account()).isEqualTo(ACCOUNT);
        assertThat(place.api()).isEqualTo(api);
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io",
        "public.ecr.aws",
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.example",
        "1.dkr.ecr.x.amazonaws.com"
    })
    void takesNoOtherHostForEcr(String host) {
        assertThat(EcrRegistry.parse(host)).isEmpty();
    }
}
