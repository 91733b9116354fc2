package io.jenkins.plugins.multiarch.retention.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.ManifestStore.Visibility;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeHarbor;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeProvider;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HarborArtifactsTest extends ManifestStoreContract {
    private FakeHarbor harbor;

    @Override
    FakeRegistry start() {
        return FakeRegistry.start();
    }

    @Override
    FakeProvider provider() {
        harbor = new FakeHarbor(fake, "ann", SECRET);
        return harbor;
    }

    @Override
    ManifestStore store(HttpRegistry registry, String secret) {
        return new HarborArtifacts(
                registry.api(), Optional.empty(), repository -> Optional.of(Credentials.password("ann", secret)));
    }

    @Override
    String refuseToDelete(Manifest manifest) {
        harbor.makeImmutable("stable");
        return "Harbor has a rule that keeps it (the tag stable configured as immutable, cannot be deleted)";
    }

    @Test
    void listsUntaggedArtifactsThatAnIndexListsToo() throws Exception {
        assertThat(listed().stream().map(StoredManifest::digest)).contains(child());
    }

    @Test
    void readsAListAgainThatChangedMeanwhile() throws Exception {
        harbor.pushWhileListing(2);

        assertThat(listed()).hasSize(4);
    }

    @Test
    void readsAListWhoseCountAProxyDrops() throws Exception {
        fake.on("GET", "/api/v2.0/*").always().fail(Fault.withoutHeader("X-Total-Count"));

        assertThat(listed()).hasSize(4);
    }

    @Test
    void refusesAListThatChangesAllTheTime() {
        harbor.pushWhileListing(100);

        assertThatThrownBy(this::listed)
                .hasMessage("The list of artifacts of " + app + " was another one on each page, 3 times."
                        + " Run this again when less is pushed and deleted there.");
    }

    @Test
    void saysThatChildrenGoWithTheirIndex() throws Exception {
        assertThat(store.deletesWhatIsListed()).isTrue();

        delete(first.digest());

        assertThat(fake.manifests(path)).containsExactly(second.digest());
    }

    @Test
    void keepsWhatAnIndexLists() throws Exception {
        assertThat(delete(child())).containsExactly(Removal.kept("an index lists it, and Harbor keeps what is listed"));
    }

    @Test
    void keepsAnImmutableTag() throws Exception {
        harbor.makeImmutable("1.0");

        assertThat(store.untag(app, V1, first.digest()).outcome()).isEqualTo(Removal.Outcome.KEPT);
        assertThat(fake.tagged(path, "1.0")).contains(first.digest());
    }

    @Test
    void encodesTheSlashesOfARepositoryTwice() throws Exception {
        listed();

        assertThat(fake.requests())
                .anySatisfy(request -> assertThat(request.path())
                        .isEqualTo("/api/v2.0/projects/acme/repositories/tools%2Fapp/artifacts"));
    }

    @Test
    void tellsWhetherTheProjectIsPublic() throws Exception {
        assertThat(store.visibility(app)).contains(Visibility.PRIVATE);
        harbor.makePublic();
        assertThat(store.visibility(app)).contains(Visibility.PUBLIC);
    }

    @Test
    void restoresNothing() throws Exception {
        assertThat(store.restore(app, second.digest())).isFalse();
    }

    @Test
    void saysWhatTheAccountLacks() {
        fake.on("GET", "/api/v2.0/*").fail(Fault.status(403).error("FORBIDDEN", "forbidden"));

        assertThatThrownBy(this::listed)
                .hasMessageEndingWith(
                        " was answered with 403 FORBIDDEN (forbidden). The credentials may not do that; give Harbor a user or"
                                + " robot account that may list and delete artifacts and tags in the project.");
    }

    @Test
    void needsAProject() {
        assertThatThrownBy(() -> store.list(fake.repository("app")))
                .hasMessage(fake.address() + "/app has no project, and repositories of Harbor belong to one."
                        + " Write the project before the name, as in harbor.example.com/library/app.");
    }
}
