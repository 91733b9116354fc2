package io.jenkins.plugins.multiarch.registry.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeRegistryTest {
    private static final byte[] HELLO = "hello, registry".getBytes(StandardCharsets.UTF_8);
    private static final Digest HELLO_DIGEST = Digest.sha256(HELLO);
    private static final String UPLOADS = "/v2/acme/app/blobs/uploads/";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private FakeRegistry registry = FakeRegistry.start();

    @AfterEach
    void close() {
        registry.close();
    }

    private void restart(FakeRegistryBuilder options) {
        registry.close();
        registry = options.start();
    }

    private HttpResponse<String> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        URI address = URI.create(path.startsWith("/") ? registry.url() + path : path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).method(method, BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        return send(method, path, new byte[0], headers);
    }

    private static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void takesABlobInPostAndPut() throws Exception {
        String location = location(send("POST", UPLOADS));

        HttpResponse<String> put = send("PUT", location + "&digest=" + HELLO_DIGEST, HELLO);

        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(location(put)).isEqualTo("/v2/acme/app/blobs/" + HELLO_DIGEST);
        assertThat(send("GET", location(put)).body()).isEqualTo("hello, registry");
    }

    @Test
    void takesABlobInChunksAndSaysHowFarItGot() throws Exception {
        HttpResponse<String> begun = send("POST", UPLOADS);

        HttpResponse<String> chunk =
                send("PATCH", location(begun), "hello, ".getBytes(StandardCharsets.UTF_8), "Content-Range", "0-6");
        HttpResponse<String> gap = send("PATCH", location(chunk), HELLO, "Content-Range", "9-23");
        HttpResponse<String> status = send("GET", location(chunk));
        HttpResponse<String> stale = send("PATCH", location(begun), HELLO);
        HttpResponse<String> last =
                send("PUT", location(chunk) + "&digest=" + HELLO_DIGEST, "registry".getBytes(StandardCharsets.UTF_8));

        assertThat(chunk.statusCode()).isEqualTo(202);
        assertThat(chunk.headers().firstValue("Range")).contains("0-6");
        assertThat(gap.statusCode()).isEqualTo(416);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(status.headers().firstValue("Range")).contains("0-6");
        assertThat(stale.statusCode()).isEqualTo(404);
        assertThat(last.statusCode()).isEqualTo(201);
    }

    @Test
    void takesABlobInOnePost() throws Exception {
        HttpResponse<String> response = send("POST", UPLOADS + "?digest=" + HELLO_DIGEST, HELLO);

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(registry.hasBlob("acme/app", HELLO_DIGEST)).isTrue();
    }

    @Test
    void refusesABlobWithAnotherDigestAndForgetsTheUpload() throws Exception {
        String location = location(send("POST", UPLOADS));

        HttpResponse<String> put = send("PUT", location + "&digest=" + HELLO_DIGEST, new byte[7]);

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(put.body()).contains("DIGEST_INVALID");
        assertThat(registry.uploadsUnderWay()).isZero();
    }

    @Test
    void mountsABlobOfAnotherRepository() throws Exception {
        registry.addBlob("acme/base", MediaTypes.OCI_LAYER, HELLO);

        HttpResponse<String> mounted = send("POST", UPLOADS + "?mount=" + HELLO_DIGEST + "&from=acme/base");
        HttpResponse<String> absent = send("POST", UPLOADS + "?mount=" + HELLO_DIGEST + "&from=acme/none");

        assertThat(mounted.statusCode()).isEqualTo(201);
        assertThat(absent.statusCode()).isEqualTo(202);
        assertThat(registry.hasBlob("acme/app", HELLO_DIGEST)).isTrue();
    }

    @Test
    void handsOutAPartOfABlob() throws Exception {
        registry.addBlob("acme/app", MediaTypes.OCI_LAYER, HELLO);
        String path = "/v2/acme/app/blobs/" + HELLO_DIGEST;

        HttpResponse<String> part = send("GET", path, "Range", "bytes=7-");
        HttpResponse<String> behind = send("GET", path, "Range", "bytes=99-");

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("registry");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 7-14/15");
        assertThat(behind.statusCode()).isEqualTo(416);
    }

    @Test
    void sendsBlobsToAStorageThatTakesNoPassword() throws Exception {
        restart(FakeRegistry.builder().with(Trait.REDIRECTED_BLOBS));
        registry.addBlob("acme/app", MediaTypes.OCI_LAYER, HELLO);

        String location = location(send("GET", "/v2/acme/app/blobs/" + HELLO_DIGEST));

        assertThat(send("GET", location).body()).isEqualTo("hello, registry");
        assertThat(send("GET", location, "Authorization", "Basic eDp5").statusCode())
                .isEqualTo(400);
        assertThat(registry.storageRequests())
                .extracting(LoggedRequest::authorization)
                .containsExactly("", "Basic");
    }

    @Test
    void refusesAManifestWhoseBlobsAreMissing() throws Exception {
        Descriptor config = Descriptor.of(MediaTypes.OCI_CONFIG, HELLO);
        ImageManifest manifest = ImageManifest.of(config, List.of(), Map.of());

        HttpResponse<String> response =
                send("PUT", "/v2/acme/app/manifests/1.4", manifest.bytes(), "Content-Type", MediaTypes.OCI_MANIFEST);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void listsReferrersByType() throws Exception {
        Manifest image = registry.addImage("acme/app", "1.4", "linux/amd64");
        ImageManifest sbom = registry.addReferrer("acme/app", image, "application/spdx+json", "{}");
        registry.addReferrer("acme/app", image, "application/vnd.in-toto+json", "{}");

        HttpResponse<String> all = send("GET", "/v2/acme/app/referrers/" + image.digest());
        HttpResponse<String> some =
                send("GET", "/v2/acme/app/referrers/" + image.digest() + "?artifactType=application/spdx%2Bjson");

        assertThat(all.body()).contains("application/vnd.in-toto+json", "application/spdx+json");
        assertThat(all.headers().firstValue("OCI-Filters-Applied")).isEmpty();
        assertThat(some.body()).contains(sbom.digest().toString()).doesNotContain("in-toto");
        assertThat(some.headers().firstValue("OCI-Filters-Applied")).contains("artifactType");
    }

    @Test
    void listsTagsInPages() throws Exception {
        restart(FakeRegistry.builder().withPageSize(2));
        Digest digest = registry.addImage("acme/app", "b", "linux/amd64").digest();
        registry.tag("acme/app", "c", digest);
        registry.tag("acme/app", "a", digest);

        HttpResponse<String> first = send("GET", "/v2/acme/app/tags/list");
        HttpResponse<String> second = send("GET", "/v2/acme/app/tags/list?n=2&last=b");

        assertThat(first.body()).isEqualTo("{\"name\":\"acme/app\",\"tags\":[\"a\",\"b\"]}");
        assertThat(first.headers().firstValue("Link")).contains("</v2/acme/app/tags/list?n=2&last=b>; rel=\"next\"");
        assertThat(second.body()).isEqualTo("{\"name\":\"acme/app\",\"tags\":[\"c\"]}");
        assertThat(second.headers().firstValue("Link")).isEmpty();
    }

    @Test
    void handsOutTokensForWhatAUserMayDo() throws Exception {
        restart(FakeRegistry.builder().withBearerTokens("ci", "secret").withReadOnlyUser("guest", "guest"));
        String scope = "/token?service=fake.registry&scope=repository:acme/app:pull,push";

        HttpResponse<String> challenge = send("POST", UPLOADS);
        String good = token(send("GET", scope, "Authorization", basic("ci:secret")));
        String weak = token(send("GET", scope, "Authorization", basic("guest:guest")));

        assertThat(challenge.statusCode()).isEqualTo(401);
        assertThat(challenge.headers().firstValue("WWW-Authenticate"))
                .contains("Bearer realm=\"" + registry.url()
                        + "/token\",service=\"fake.registry\",scope=\"repository:acme/app:pull,push\"");
        assertThat(send("POST", UPLOADS, "Authorization", "Bearer " + good).statusCode())
                .isEqualTo(202);
        assertThat(send("POST", UPLOADS, "Authorization", "Bearer " + weak).statusCode())
                .isEqualTo(401);
        assertThat(send("GET", scope, "Authorization", basic("ci:wrong")).statusCode())
                .isEqualTo(401);
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String token(HttpResponse<String> response) {
        return response.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void imitatesDockerRegistry() throws Exception {
        restart(FakeRegistry.builder().imitating(Quirks.DOCKER_REGISTRY));
        Manifest image = registry.addImage("acme/app", "1.4", "linux/amd64");

        assertThat(send("GET", "/v2/acme/app/manifests/1.4").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/v2/acme/app/manifests/1.4", "Accept", "*/*").statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", "/v2/acme/app/manifests/1.4").body()).contains("DIGEST_INVALID");
        assertThat(send("GET", "/v2/acme/app/referrers/" + image.digest()).body())
                .isEqualTo("404 page not found\n");
        assertThat(send("POST", UPLOADS + "?digest=" + HELLO_DIGEST, HELLO).statusCode())
                .isEqualTo(202);
        assertThat(send("DELETE", "/v2/acme/app/manifests/" + image.digest()).statusCode())
                .isEqualTo(202);
        assertThat(send("GET", "/v2/acme/app/tags/list").body()).isEqualTo("{\"name\":\"acme/app\",\"tags\":null}");
    }

    @Test
    void failsTheRequestThatWasChosen() throws Exception {
        registry.addImage("acme/app", "1.4", "linux/amd64");
        registry.on("GET", "/v2/acme/app/manifests/*")
                .occurrence(2)
                .fail(Fault.status(503).error("UNAVAILABLE", "later").retryAfter(1));

        HttpResponse<String> first = send("GET", "/v2/acme/app/manifests/1.4");
        HttpResponse<String> second = send("GET", "/v2/acme/app/manifests/1.4");
        HttpResponse<String> third = send("GET", "/v2/acme/app/manifests/1.4");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(second.headers().firstValue("Retry-After")).contains("1");
        assertThat(second.body()).isEqualTo("{\"errors\":[{\"code\":\"UNAVAILABLE\",\"message\":\"later\"}]}");
        assertThat(third.statusCode()).isEqualTo(200);
    }

    @Test
    void losesAnAnswerAfterTheWorkIsDone() {
        registry.on("POST", "/v2/acme/app/blobs/uploads/").fail(Fault.answerLost());

        assertThatThrownBy(() -> send("POST", UPLOADS + "?digest=" + HELLO_DIGEST, HELLO))
                .isInstanceOf(IOException.class);

        assertThat(registry.hasBlob("acme/app", HELLO_DIGEST)).isTrue();
        assertThat(registry.requests()).extracting(LoggedRequest::status).containsExactly(0);
    }

    @Test
    void damagesBodies() throws Exception {
        registry.addBlob("acme/app", MediaTypes.OCI_LAYER, HELLO);
        String path = "/v2/acme/app/blobs/" + HELLO_DIGEST;
        registry.on("GET", path).fail(Fault.corruptedBody());
        registry.on("GET", path).fail(Fault.truncatedBody(5));
        registry.on("GET", path).fail(Fault.resetInResponseBody(5));

        assertThat(send("GET", path).body()).isEqualTo("hello, segistry");
        assertThat(send("GET", path).body()).isEqualTo("hello");
        assertThatThrownBy(() -> send("GET", path)).isInstanceOf(IOException.class);
        assertThat(send("GET", path).body()).isEqualTo("hello, registry");
    }

    @Test
    void speaksHttpsWithAnAuthorityOfItsOwn() {
        restart(FakeRegistry.builder().withTls());

        assertThat(registry.url()).startsWith("https://127.0.0.1:");
        assertThat(registry.authority()).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThatThrownBy(() -> send("GET", "/v2/")).isInstanceOf(SSLHandshakeException.class);
    }
}
