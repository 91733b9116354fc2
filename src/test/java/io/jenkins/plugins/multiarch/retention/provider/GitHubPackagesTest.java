package io.jenkins.plugins.multiarch.retention.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.retention.ManifestStore;
import io.jenkins.plugins.multiarch.retention.ManifestStore.Visibility;
import io.jenkins.plugins.multiarch.retention.Removal;
import io.jenkins.plugins.multiarch.retention.StoredManifest;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeGitHub;
import io.jenkins.plugins.multiarch.retention.provider.fake.FakeProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GitHubPackagesTest extends ManifestStoreContract {
    private FakeGitHub github;

    @Override
    FakeRegistry start() {
        return FakeRegistry.builder().imitating(Quirks.GHCR).start();
    }

    @Override
    FakeProvider provider() {
        github = new FakeGitHub(fake, SECRET).organisation("acme");
        return github;
    }

    @Override
    ManifestStore store(HttpRegistry registry, String secret) {
        return new GitHubPackages(
                registry.api(),
                github.base(),
                registry,
                repository -> Optional.of(Credentials.password("ann", secret)));
    }

    @Override
    String refuseToDelete(Manifest manifest) {
        github.downloaded(manifest.digest());
        return "GitHub deletes no version of a public package with more than 5,000 downloads";
    }

    @Test
    void listsUntaggedVersionsToo() throws Exception {
        assertThat(listed().stream().map(StoredManifest::digest)).contains(child());
        assertThat(fake.requests("GET", "/github/orgs/acme/packages/container/tools/app/versions"))
                .hasSize(1);
    }

    @Test
    void readsAListAgainFromWhichVersionsGoMeanwhile() throws Exception {
        github.pageSize(2);
        fake.on("GET", "*/versions").occurrence(2).fail(Fault.before(() -> fake.loseManifest(path, second.digest())));

        assertThat(listed()).hasSize(3);
        assertThat(fake.requests("GET", "*/versions")).hasSize(4);
    }

    @Test
    void refusesAListFromWhichVersionsGoAllTheTime() {
        fake.on("GET", "*/versions")
                .always()
                .fail(Fault.before(
                        () -> fake.loseManifest(path, fake.manifests(path).get(0))));

        assertThatThrownBy(this::listed)
                .hasMessage("The list of versions of " + app + " was another one on each page, 3 times."
                        + " Run this again when less is pushed and deleted there.");
    }

    @Test
    void asksForTheAccountOnce() throws Exception {
        listed();
        listed();
        store.visibility(app);

        assertThat(fake.requests("GET", "/github/users/acme")).hasSize(1);
    }

    @Test
    void findsThePackagesOfTheTokensOwnAccount() throws Exception {
        github.user("ann", true);
        fake.addImage("ann/app", "1", "linux/amd64");

        assertThat(store.list(fake.repository("ann/app")).orElseThrow()).hasSize(1);
        assertThat(fake.requests("GET", "/github/user/packages/container/app/versions"))
                .hasSize(1);
    }

    @Test
    void findsThePackagesOfAnotherUserWithTheTokenOfAnApp() throws Exception {
        github.user("bob", false);
        fake.addImage("bob/app", "1", "linux/amd64");

        assertThat(store.list(fake.repository("bob/app")).orElseThrow()).hasSize(1);
        assertThat(fake.requests("GET", "/github/users/bob/packages/container/app/versions"))
                .hasSize(1);
    }

    @Test
    void keepsTheLastVersionOfAPackage() throws Exception {
        fake.loseManifest(path, first.digest());

        assertThat(delete(second.digest()))
                .containsExactly(Removal.kept(
                        "it is the last version of its package, which GitHub deletes with the package alone"));
    }

    @Test
    void putsTheLastTagOfAPackageBack() throws Exception {
        fake.loseManifest(path, second.digest());

        assertThat(store.untag(app, V1, first.digest()).outcome()).isEqualTo(Removal.Outcome.KEPT);
        assertThat(fake.tagged(path, "1.0")).contains(first.digest());
    }

    @Test
    void putsATagBackWhereWhatTookItIsNotListed() throws Exception {
        github.listNothingNew(path);

        assertThat(store.untag(app, V1, first.digest()))
                .isEqualTo(Removal.failed("GitHub does not list a version that was pushed to take the tag away"));
        assertThat(fake.tagged(path, "1.0")).contains(first.digest());
    }

    @Test
    void restoresAVersionWithItsTags() throws Exception {
        delete(second.digest());

        assertThat(store.restore(app, second.digest())).isTrue();
        assertThat(fake.tagged(path, "2.0")).contains(second.digest());
        assertThat(fake.tagged(path, "stable")).contains(second.digest());
    }

    @Test
    void readsWhatWasDeletedOnceForAllThatIsRestored() throws Exception {
        Manifest third = fake.addImage(path, "3.0", "linux/arm64");
        delete(second.digest(), third.digest());
        fake.clearRequests();

        assertThat(store.restore(app, second.digest())).isTrue();
        assertThat(store.restore(app, third.digest())).isTrue();
        assertThat(fake.requests("GET", "*/versions")).hasSize(1);
    }

    @Test
    void restoresNothingThatIsNotListedAsDeleted() throws Exception {
        assertThat(store.restore(app, second.digest())).isFalse();
    }

    @Test
    void restoresNothingWhereItIsTooLate() throws Exception {
        delete(second.digest());
        fake.on("POST", "*/restore").fail(Fault.status(404));

        assertThat(store.restore(app, second.digest())).isFalse();
    }

    @Test
    void tellsWhoMayPull() throws Exception {
        assertThat(store.visibility(app)).contains(Visibility.PRIVATE);
        github.visibility("internal");
        assertThat(store.visibility(app)).contains(Visibility.INTERNAL);
        github.visibility("public");
        assertThat(store.visibility(app)).contains(Visibility.PUBLIC);
    }

    @Test
    void doesNotCallGoneWhatIsOnlyHidden() throws Exception {
        fake.on("DELETE", "/github/*").always().fail(Fault.status(404));

        assertThat(delete(second.digest()))
                .first()
                .extracting(Removal::outcome)
                .isEqualTo(Removal.Outcome.FAILED);
    }

    @Test
    void stopsAtALimitAndSaysWhatIsLeft() throws Exception {
        Manifest third = fake.addImage(path, "3.0", "linux/arm64");
        fake.on("DELETE", "/github/*").occurrence(2).fail(Fault.status(403).withHeader("Retry-After", "3600"));

        List<Removal> removals = delete(second.digest(), third.digest(), first.digest());

        assertThat(removals.get(0)).isEqualTo(Removal.DELETED);
        assertThat(removals.get(1).reason()).contains("the limit of requests is reached until");
        assertThat(removals.get(2)).isEqualTo(removals.get(1));
        assertThat(fake.requests("DELETE", "/github/*")).hasSize(2);
    }

    @Test
    void saysWhichRightIsMissing() {
        fake.on("DELETE", "/github/*").fail(Fault.status(403));

        assertThatThrownBy(() -> delete(second.digest()))
                .hasMessageEndingWith(
                        " was answered with 403. The credentials may not do that; give GitHub Packages a token (classic) with"
                                + " the scopes read:packages and delete:packages, of somebody with the role Admin on the package.");
    }

    @Test
    void saysWhereAPackageIsNotThere() {
        assertThatThrownBy(() -> store.list(fake.repository("acme/other")))
                .hasMessageContaining(
                        " was answered with 404 (Package not found.). Check the name of the repository, and give GitHub Packages a token");
    }

    @Test
    void needsCredentials() {
        HttpRegistry registry = client();
        ManifestStore anonymous =
                new GitHubPackages(registry.api(), github.base(), registry, CredentialSource.ANONYMOUS);

        assertThatThrownBy(() -> anonymous.list(app))
                .hasMessage("There are no credentials for " + app
                        + ", and GitHub Packages lists and deletes nothing without. Give it "
                        + GitHubApi.PROVIDER.right() + ".");
    }

    @Test
    void needsAnOwner() {
        Repository lone = new Repository("ghcr.io", "app");

        assertThatThrownBy(() -> store.list(lone))
                .hasMessage("ghcr.io/app has no owner, and packages of GitHub belong to an account."
                        + " Write the account before the name, as in ghcr.io/acme/app.");
    }
}
