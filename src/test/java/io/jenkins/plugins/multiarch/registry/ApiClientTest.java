package io.jenkins.plugins.multiarch.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.fake.Api;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How providers' APIs are asked: what is sent again, what is waited for, and what never gets out. */
class ApiClientTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final String SECRET = "ghp_supersecrettoken";

    private final FakeRegistry fake = FakeRegistry.start();
    private final List<Duration> waits = new ArrayList<>();
    private final Wire wire = new Wire(
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
            TimeLimits.DEFAULT,
            RequestBudget.NONE);
    private final ApiClient api = new ApiClient(
            wire, new Endpoints(wire, Set.of()), new Backoff(3, Duration.ofMillis(2)), waits::add, () -> NOW);
    private final URI address = URI.create(fake.url() + "/api/things?page=1");

    @AfterEach
    void close() {
        fake.close();
    }

    private void answers(Api answer) {
        fake.serve("/api/", answer);
    }

    private ApiRequest get() {
        return ApiRequest.get(address).withSecret("Authorization", "Bearer " + SECRET);
    }

    @Test
    void sendsMethodHeadersAndBody() throws Exception {
        answers(asked -> Api.Reply.json(
                201,
                Json.object()
                        .put("method", asked.method())
                        .put("authorization", asked.header("Authorization").orElse(""))
                        .put("body", new String(asked.body(), UTF_8))));

        ApiAnswer answer = api.send(
                ApiRequest.put(address, "hello".getBytes(UTF_8)).withSecret("Authorization", "Bearer " + SECRET));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().toString())
                .isEqualTo("{\"method\":\"PUT\",\"authorization\":\"Bearer " + SECRET + "\",\"body\":\"hello\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void asksAgainAfterATemporaryStatus(int status) throws Exception {
        answers(asked -> Api.Reply.of(204));
        fake.on("GET", "/api/*").fail(Fault.status(status));

        assertThat(api.send(get()).status()).isEqualTo(204);
        assertThat(waits).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "429, Retry-After, 30, '', '', 30",
        "403, Retry-After, 60, '', '', 60",
        "403, X-RateLimit-Remaining, 0, X-RateLimit-Reset, 1767268920, 120",
        "429, X-Retry-After, 1767268815, '', '', 15",
        "503, Retry-After, 7, '', '', 7"
    })
    void waitsAsLongAsItIsToldTo(int status, String name, String value, String other, String text, int seconds)
            throws Exception {
        answers(asked -> Api.Reply.of(204));
        Fault.Status limited = Fault.status(status).withHeader(name, value);
        fake.on("GET", "/api/*").fail(other.isEmpty() ? limited : limited.withHeader(other, text));

        assertThat(api.send(get()).status()).isEqualTo(204);
        assertThat(waits).containsExactly(Duration.ofSeconds(seconds));
    }

    @Test
    void waitsAMinuteWhereALimitIsToldInWordsAlone() throws Exception {
        List<Api.Reply> replies = new ArrayList<>(List.of(
                Api.Reply.json(403, Json.object().put("message", "You have exceeded a secondary rate limit.")),
                Api.Reply.of(204)));
        answers(asked -> replies.remove(0));

        assertThat(api.send(get()).status()).isEqualTo(204);
        assertThat(waits).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void asksAgainWhereAwsThrottlesAndTheRequestIsNotToBeRepeated() throws Exception {
        List<Api.Reply> replies = new ArrayList<>(List.of(
                Api.Reply.json(400, Json.object().put("__type", "com.amazon#ThrottlingException")), Api.Reply.of(204)));
        answers(asked -> replies.remove(0));

        assertThat(api.send(ApiRequest.post(address, new byte[0]).once()).status())
                .isEqualTo(204);
    }

    @Test
    void saysUntilWhenALimitHoldsThatIsTooLongToWaitFor() {
        answers(asked -> Api.Reply.of(403)
                .with("X-RateLimit-Remaining", "0")
                .with("X-RateLimit-Reset", "" + NOW.plusSeconds(1800).getEpochSecond()));

        RegistryException refusal = catchThrowableOfType(RegistryException.class, () -> api.send(get()));

        assertThat(refusal)
                .hasMessage(
                        "GET " + fake.address()
                                + "/api/things was answered with 403: the limit of requests is reached until 2026-01-01T12:30:00Z."
                                + " Run this again later, with fewer requests per minute or credentials that have a higher limit.");
        assertThat(refusal.isRetryable()).isTrue();
        assertThat(waits).isEmpty();
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void givesUpOnALimitThatNeverEnds() {
        answers(asked -> Api.Reply.of(429).with("Retry-After", "1"));

        assertThatThrownBy(() -> api.send(get()))
                .hasMessageStartingWith(
                        "GET " + fake.address()
                                + "/api/things was answered with 429: the limit of requests is reached until 2026-01-01T12:00:01Z.");
        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void returnsARefusalThatIsNoLimit() throws Exception {
        answers(asked -> Api.Reply.json(403, Json.object().put("message", "Must have admin rights to Repository.")));

        ApiAnswer answer = api.send(get());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.message()).isEqualTo("Must have admin rights to Repository.");
        assertThat(waits).isEmpty();
    }

    @Test
    void sendsOnceWhatMayNotBeRepeated() {
        answers(asked -> Api.Reply.of(204));
        fake.on("POST", "/api/*").fail(Fault.answerLost());

        assertThatThrownBy(() -> api.send(ApiRequest.post(address, new byte[0]).once()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("got no answer");
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void followsNoRedirect() {
        answers(asked -> Api.Reply.of(302).with("Location", "http://localhost:1/elsewhere"));

        assertThatThrownBy(() -> api.send(get()))
                .hasMessage("GET " + fake.address()
                        + "/api/things was redirected to another address, where no credential is taken."
                        + " Ask whoever runs the registry to correct its redirects.");
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void readsNoAnswerWithoutEnd() {
        answers(asked -> Api.Reply.text(200, "x".repeat(ApiClient.MAX_ANSWER + 1)));

        assertThatThrownBy(() -> api.send(get())).hasMessageContaining("was answered with more than 16777216 bytes.");
    }

    @Test
    void sendsNothingWithoutEncryptionToAnotherMachine() {
        assertThatThrownBy(() -> api.send(ApiRequest.get(URI.create("http://api.example.com/user"))))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The API at api.example.com is not encrypted."
                        + " Write its address with https, or name its host as one that is reached by plain http.");
    }

    @Test
    void saysWhatIsNoList() throws Exception {
        answers(asked -> Api.Reply.json(200, Json.object()));
        ApiAnswer answer = api.send(get());

        assertThatThrownBy(answer::list)
                .hasMessage("The answer to GET " + fake.address() + "/api/things is not a JSON list."
                        + " Check that the address is that of the API, and not of its web pages.");
    }

    @Test
    void takesTheBudgetOfTheRegistryItBelongsTo() throws Exception {
        answers(asked -> Api.Reply.of(204));
        List<Duration> turns = new ArrayList<>();
        ApiClient budgeted = HttpRegistry.builder()
                .budget(new RequestBudget(60, () -> 0, turns::add))
                .build()
                .api();

        budgeted.send(get());
        budgeted.send(get());

        assertThat(turns).containsExactly(Duration.ZERO, Duration.ofSeconds(1));
    }

    @Test
    void neverShowsASecretEvenWhereTheAnswerRepeatsIt() throws Exception {
        answers(asked -> Api.Reply.json(
                422,
                Json.object()
                        .put("message", "bad " + asked.header("Authorization").orElse("") + " pa55word")));
        ApiRequest request =
                get().withBasic(Credentials.password("ann", "pa55word")).withSecret("X-Token", SECRET);

        ApiAnswer answer = api.send(request);

        String shown = request + " " + answer + " " + answer.message() + " "
                + answer.refusal("Stop.").getMessage();
        assertThat(shown)
                .contains("was answered with 422 (bad Basic ******** ********). Stop.")
                .doesNotContain(SECRET, "pa55word", "YW5uOnBhNTV3b3Jk");
    }

    @Test
    void refusesASecretThatNoHeaderCanHaveWithoutShowingIt() {
        assertThatThrownBy(() -> ApiRequest.get(address).withSecret("Authorization", "Bearer " + SECRET + "\n"))
                .hasMessage("The header Authorization for " + fake.address()
                        + " has characters that no header can have."
                        + " Look for line ends and letters with accents in the credentials.");
    }
}
