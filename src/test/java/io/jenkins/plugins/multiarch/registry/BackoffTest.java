package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
    void repeatsWhatMayPass(int status) {
        assertThat(Backoff.DEFAULT.allows(1, answer(status, ""))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 307, 400, 401, 403, 404, 405, 409, 412, 413, 501})
    void doesNotRepeatWhatStays(int status) {
        assertThat(Backoff.DEFAULT.allows(1, answer(status, ""))).isFalse();
    }

    @Test
    void givesUpAfterItsAttempts() {
        Backoff backoff = new Backoff(3, Duration.ofMillis(1));

        assertThat(backoff.allows(2, answer(503, ""))).isTrue();
        assertThat(backoff.allows(3, answer(503, ""))).isFalse();
    }

    @Test
    void waitsAsLongAsTheRegistryAsks() {
        assertThat(Backoff.asked(answer(429, "7"))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void readsADateThatIsOverAsNow() {
        assertThat(Backoff.asked(answer(429, "Fri, 07 Nov 2014 23:59:59 GMT"))).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-1", "1.5", "99999999999999999999"})
    void takesWhatItCannotReadForNothing(String value) {
        assertThat(Backoff.asked(answer(429, value))).isZero();
    }

    @Test
    void doesNotWaitForHours() {
        assertThat(Backoff.DEFAULT.allows(1, answer(429, "3600"))).isFalse();
    }

    private static Answer answer(int status, String retryAfter) {
        Map<String, List<String>> headers =
                retryAfter.isEmpty() ? Map.of() : Map.of("Retry-After", List.of(retryAfter));
        return new Answer(
                status,
                HttpHeaders.of(headers, (name, value) -> true),
                InputStream.nullInputStream(),
                URI.create("https://registry.example/v2/"));
    }
}
