package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.fake.ChallengeForm;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is told which secret, and what is said where it is not good enough. */
class HttpRegistryAuthTest {
    private static final Tag V1 = new Tag("1.4");
    private static final Tag STABLE = new Tag("stable");

    @TempDir
    Path folder;

    private FakeRegistry fake;
    private Repository app;
    private Manifest image;

    private void start(FakeRegistryBuilder options) {
        fake = options.start();
        app = fake.repository("acme/app");
        image = fake.addImage("acme/app", "1.4", "linux/amd64");
    }

    private static Registry as(Credentials credentials) {
        return HttpRegistry.builder()
                .credentials(repository -> Optional.of(credentials))
                .backoff(new Backoff(2, Duration.ofMillis(1)))
                .build();
    }

    private Registry trusting(Credentials credentials) throws IOException {
        Path authority = Files.writeString(folder.resolve("ca.pem"), fake.authority());
        return HttpRegistry.builder()
                .credentials(repository -> Optional.of(credentials))
                .extraCertificates(List.of(authority))
                .build();
    }

    private static Registry ci() {
        return as(Credentials.password("ci", "secret"));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    private List<LoggedRequest> tokenRequests() {
        return fake.requests().stream()
                .filter(request -> request.path().equals("/token"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(ChallengeForm.class)
    void understandsEveryFormOfTheChallenge(ChallengeForm form) throws Exception {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret").withChallenge(form));
        Registry registry = ci();

        registry.put(app, STABLE, registry.find(app, V1).orElseThrow());

        assertThat(fake.tagged("acme/app", "stable")).contains(image.digest());
    }

    @Test
    void asksForATokenOncePerScope() throws Exception {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret"));
        Registry registry = ci();

        registry.find(app, V1);
        registry.head(app, V1);
        registry.tags(app);
        registry.put(app, STABLE, image);
        registry.put(app, V1, image);

        assertThat(tokenRequests())
                .extracting(request -> request.query()
                        .replaceAll(".*scope=", "")
                        .replace("%3A", ":")
                        .replace("%2F", "/")
                        .replace("%2C", ","))
                .containsExactly("repository:acme/app:pull", "repository:acme/app:pull,push");
    }

    @Test
    void fetchesANewTokenWhenTheOldOneIsWorthless() throws Exception {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret"));
        Registry registry = ci();
        registry.find(app, V1);

        fake.expireTokens();

        assertThat(registry.find(app, V1)).isPresent();
        assertThat(tokenRequests()).hasSize(2);
    }

    @Test
    void takesATokenThatNamesNoLifetime() throws Exception {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret").with(Trait.TOKEN_ONLY));

        assertThat(ci().find(app, V1)).isPresent();
    }

    @Test
    void exchangesAnIdentityToken() throws Exception {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret"));

        assertThat(as(Credentials.identityToken(fake.identityToken("ci"))).find(app, V1))
                .isPresent();

        assertThat(tokenRequests()).extracting(LoggedRequest::method).containsExactly("POST");
    }

    @Test
    void pullsWithAnAnonymousToken() throws Exception {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret").withAnonymousPull());

        assertThat(HttpRegistry.builder().build().find(app, V1)).isPresent();

        assertThat(tokenRequests()).extracting(LoggedRequest::authorization).containsExactly("");
    }

    @Test
    void asksAgainForATokenWhenTheServiceHasTrouble() throws Exception {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret"));
        fake.on("GET", "/token").fail(Fault.status(503));

        assertThat(ci().find(app, V1)).isPresent();
    }

    @Test
    void mountsWithTheRightToReadTheSource() throws Exception {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret"));
        Digest layer =
                fake.addBlob("acme/base", MediaTypes.OCI_LAYER, new byte[10]).digest();

        assertThat(ci().mount(app, layer, fake.repository("acme/base"))).isTrue();
    }

    @Test
    void showsAPasswordOnlyToARegistryThatAsks() throws Exception {
        start(FakeRegistry.builder());

        ci().find(app, V1);

        assertThat(fake.requests()).extracting(LoggedRequest::authorization).containsOnly("");
    }

    @Test
    void saysThatThePasswordIsWrong() {
        start(FakeRegistry.builder().withBasicAuth("ci", "secret"));

        assertThatThrownBy(() -> as(Credentials.password("ci", "hunter2")).find(app, V1))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + fake.address() + "/v2/acme/app/manifests/1.4 was answered with 401 UNAUTHORIZED"
                        + " (authentication required). The registry does not accept the password or token of user 'ci':"
                        + " renew the credentials of " + fake.address() + ".");
    }

    @Test
    void saysThatTheTokenServiceDoesNotTakeThePassword() {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret"));

        assertThatThrownBy(() -> as(Credentials.password("ci", "hunter2")).find(app, V1))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + fake.address() + "/token was answered with 401 UNAUTHORIZED"
                        + " (incorrect username or password). The registry does not accept the password or token of"
                        + " user 'ci': renew the credentials of " + fake.address() + ".");
    }

    @Test
    void saysThatTheIdentityTokenIsNotTaken() {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret"));

        assertThatThrownBy(() -> as(Credentials.identityToken("made-up")).find(app, V1))
                .isInstanceOf(RegistryException.class)
                .hasMessageEndingWith(" The registry does not accept the identity token: renew the credentials of "
                        + fake.address() + ".")
                .hasMessageNotContaining("made-up");
    }

    @Test
    void saysThatCredentialsAreNeeded() {
        start(FakeRegistry.builder().withBasicAuth("ci", "secret"));

        assertThatThrownBy(() -> HttpRegistry.builder().build().find(app, V1))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + fake.address() + "/v2/acme/app/manifests/1.4 was answered with 401 UNAUTHORIZED"
                        + " (authentication required). Give credentials for " + fake.address()
                        + "; the call was made without.");
    }

    @Test
    void saysThatAUserMayNotPush() {
        start(FakeRegistry.builder().withBasicAuth("ci", "secret").withReadOnlyUser("guest", "guest"));

        assertThatThrownBy(() -> as(Credentials.password("guest", "guest")).put(app, STABLE, image))
                .isInstanceOf(RegistryException.class)
                .hasMessage("PUT " + fake.address() + "/v2/acme/app/manifests/stable was answered with 403 DENIED"
                        + " (requested access to the resource is denied). User 'guest' may not push to " + app
                        + ": give write access.");
    }

    @Test
    void saysThatAUserMayNotDelete() {
        start(FakeRegistry.builder().withBasicAuth("ci", "secret").withReadOnlyUser("guest", "guest"));

        assertThatThrownBy(() -> as(Credentials.password("guest", "guest")).deleteTag(app, V1))
                .isInstanceOf(RegistryException.class)
                .hasMessage("DELETE " + fake.address() + "/v2/acme/app/manifests/1.4 was answered with 403 DENIED"
                        + " (requested access to the resource is denied). User 'guest' may not delete in " + app
                        + ": give the right to delete.");
    }

    @Test
    void doesNotBlameThePasswordWhenTheTokenLacksTheRight() {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret").withReadOnlyUser("guest", "guest"));

        assertThatThrownBy(() -> as(Credentials.password("guest", "guest")).put(app, STABLE, image))
                .isInstanceOf(RegistryException.class)
                .hasMessage("PUT " + fake.address() + "/v2/acme/app/manifests/stable was answered with 401 UNAUTHORIZED"
                        + " (insufficient scope). User 'guest' may not push to " + app + ": give write access.");
    }

    @Test
    void saysThatItDoesNotSpeakTheSchemeAskedFor() {
        start(FakeRegistry.builder());
        fake.on("GET", "/v2/acme/app/manifests/1.4")
                .fail(Fault.status(401).withHeader("WWW-Authenticate", "Negotiate, Digest realm=\"x\""));

        assertThatThrownBy(() -> ci().find(app, V1))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(fake.address() + " asks for authentication by negotiate, digest, which we do not speak."
                        + " Let the registry, or the proxy before it, offer Basic or Bearer.");
    }

    @Test
    void takesNoTokenThatWouldBreakAHeader() {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret"));
        fake.on("GET", "/token").fail(Fault.body("{\"token\":\"a\\r\\nX-Evil: 1\"}"));

        assertThatThrownBy(() -> ci().find(app, V1))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(fake.address() + "/token answered without a usable token."
                        + " Check the credentials used for this registry.");
    }

    @ParameterizedTest
    @CsvSource({"not an address, is not an address", "'', is not an address", "ftp://x/token, is not an address"})
    void goesToNoTokenServiceWithoutAnAddress(String realm, String reason) {
        start(FakeRegistry.builder());
        fake.on("GET", "/v2/acme/app/manifests/1.4")
                .fail(Fault.status(401).withHeader("WWW-Authenticate", "Bearer realm=\"" + realm + "\""));

        assertThatThrownBy(() -> ci().find(app, V1))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(fake.address() + " sends clients for a token to '" + realm + "', which " + reason
                        + ". Ask whoever runs the registry to correct the realm of its token service.");
    }

    @Test
    void takesNoPasswordFromAnEncryptedRegistryToAnOpenTokenService() {
        start(FakeRegistry.builder().withTls());
        fake.on("GET", "/v2/acme/app/manifests/1.4")
                .fail(Fault.status(401).withHeader("WWW-Authenticate", "Bearer realm=\"http://auth.example/token\""));

        assertThatThrownBy(() -> trusting(Credentials.password("ci", "secret")).find(app, V1))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(fake.address() + " sends clients for a token to 'http://auth.example/token', which is not"
                        + " encrypted, though the registry is. Ask whoever runs the registry to correct the realm of its"
                        + " token service.");
    }

    @Test
    void showsNoSecretInAnyMessage() {
        start(FakeRegistry.builder().withBearerTokens("ci", "secret").withReadOnlyUser("guest", "p4ssw0rd"));
        Registry guest = as(Credentials.password("guest", "p4ssw0rd"));

        assertThatThrownBy(() -> guest.put(app, STABLE, image)).hasMessageNotContaining("p4ssw0rd");
        assertThat(Credentials.password("guest", "p4ssw0rd")).hasToString("guest:********");
    }
}
