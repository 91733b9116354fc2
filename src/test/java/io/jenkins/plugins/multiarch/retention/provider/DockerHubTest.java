package io.jenkins.plugins.multiarch.retention.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.retention.DoomedManifest;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.ManifestStore.Visibility;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeDockerHub;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DockerHubTest extends ManifestStoreContract {
    private FakeDockerHub hub;

    @Override
    String path() {
        return "acme/app";
    }

    @Override
    FakeRegistry start() {
        return FakeRegistry.builder().imitating(Quirks.DOCKER_HUB).start();
    }

    @Override
    FakeProvider provider() {
        hub = new FakeDockerHub(fake, "ann", SECRET);
        return hub;
    }

    @Override
    ManifestStore store(HttpRegistry registry, String secret) {
        return new DockerHub(
                registry.api(), hub.base(), registry, repository -> Optional.of(Credentials.password("ann", secret)));
    }

    @Override
    List<StoredManifest> listed() throws InterruptedException {
        return store.tagged(app).orElseThrow();
    }

    @Override
    String refuseToDelete(Manifest manifest) {
        fake.addIndex(path, "both", manifest.descriptor());
        return "a tag or another manifest refers to it, and Docker Hub keeps what is referred to";
    }

    @Test
    void saysThatItCannotListWhatHasNoTag() throws Exception {
        assertThat(store.list(app)).isEmpty();
        assertThat(listed().stream().map(StoredManifest::digest))
                .containsExactlyInAnyOrder(first.digest(), second.digest());
    }

    @Test
    void readsAListAgainThatChangedMeanwhile() throws Exception {
        hub.pageSize(2);
        fake.on("GET", "/hub/*/tags").occurrence(2).fail(Fault.before(() -> fake.untag(path, "1.0")));

        assertThat(listed()).hasSize(1);
        assertThat(fake.requests("GET", "/hub/*/tags")).hasSize(3);
    }

    @Test
    void asksTheRegistryWhereTheListHasNoDigest() throws Exception {
        hub.forgetDigest("1.0");

        assertThat(listed().stream().map(StoredManifest::digest)).contains(first.digest());
    }

    @Test
    void fetchesATokenOnceAndAgainWhenItIsNoLongerTaken() throws Exception {
        listed();
        listed();
        assertThat(fake.requests("POST", "/hub/v2/auth/token")).hasSize(1);

        hub.expireTokens();
        listed();

        assertThat(fake.requests("POST", "/hub/v2/auth/token")).hasSize(2);
    }

    @Test
    void leavesATagThatSomebodyMovedMeanwhile() throws Exception {
        Manifest third = fake.addImage(path, "3.0", "linux/arm64");
        List<DoomedManifest> planned = doomed(second.digest());
        fake.tag(path, "stable", third.digest());

        assertThat(store.delete(app, planned)).containsExactly(Removal.DELETED);
        assertThat(fake.tagged(path, "stable")).contains(third.digest());
    }

    @Test
    void saysWhatDockerHubFinishesLater() throws Exception {
        Digest digest = second.digest();
        fake.on("DELETE", "/v2/acme/app/manifests/*").always().fail(Fault.status(500));

        assertThat(delete(digest))
                .containsExactly(Removal.failed("Docker Hub has not done it yet, and goes on in the background"));

        fake.loseManifest(path, digest);
        assertThat(delete(digest)).containsExactly(Removal.DELETED);
    }

    @Test
    void tellsWhoMayPull() throws Exception {
        assertThat(store.visibility(app)).contains(Visibility.PRIVATE);
        hub.makePublic();
        assertThat(store.visibility(app)).contains(Visibility.PUBLIC);
    }

    @Test
    void restoresNothing() throws Exception {
        assertThat(store.restore(app, second.digest())).isFalse();
    }

    @Test
    void saysWhatATokenLacks() {
        fake.on("DELETE", "/hub/*").fail(Fault.status(403));

        assertThatThrownBy(() -> store.untag(app, V1, first.digest()))
                .hasMessageEndingWith(
                        " was answered with 403. The credentials may not do that; give Docker Hub a user name"
                                + " with an access token that has the permission Read, Write & Delete.");
    }

    @Test
    void needsANamespaceAndAName() {
        assertThatThrownBy(() -> store.visibility(fake.repository("acme/tools/app")))
                .hasMessage(fake.address()
                        + "/acme/tools/app is not a repository of Docker Hub, where names have two parts."
                        + " Write namespace and name, as in docker.io/acme/app.");
    }

    @Test
    void neverShowsTheTokenThatItFetched() {
        fake.on("GET", "/hub/*").fail(Fault.status(418).error("TEAPOT", "hub-jwt-0 is not for tea"));

        assertThatThrownBy(this::listed)
                .hasMessageContaining("******** is not for tea")
                .hasMessageNotContaining("hub-jwt");
    }
}
