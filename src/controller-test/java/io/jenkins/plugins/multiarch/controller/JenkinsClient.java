package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The REST API of a controller without a login, as far as the tests need it. */
final class JenkinsClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String address;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    JenkinsClient(String address) {
        this.address = address;
    }

    /** The status of a GET, or nothing while nobody answers. */
    Optional<Integer> status(String path) throws InterruptedException {
        try {
            return Optional.of(http.send(get(path), BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String read(String path) throws IOException, InterruptedException {
        return good(http.send(get(path), BodyHandlers.ofString())).body();
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(read(path));
    }

    void download(String path, Path file) throws IOException, InterruptedException {
        http.send(get(path), BodyHandlers.ofFile(file));
    }

    private HttpRequest get(String path) {
        return HttpRequest.newBuilder(
                        URI.create(address + path.replace("[", "%5B").replace("]", "%5D")))
                .build();
    }

    /** What a script said that ran on the controller with all rights. */
    String groovy(String script) throws IOException, InterruptedException {
        return good(post("/scriptText", "application/x-www-form-urlencoded", "script=" + encoded(script)))
                .body();
    }

    HttpResponse<String> post(String path, String type, String body) throws IOException, InterruptedException {
        JsonNode crumb = json("/crumbIssuer/api/json");
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .header(
                        crumb.get("crumbRequestField").asText(),
                        crumb.get("crumb").asText())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Makes a Pipeline job in the sandbox and begins its first build. */
    void begin(String job, String script) throws Exception {
        begin(job, PipelineJob.of(script));
    }

    /** Makes a job and begins its first build. */
    void begin(String name, PipelineJob job) throws Exception {
        good(post("/createItem?name=" + name, "application/xml", job.toXml()));
        String build = job.parameters().isEmpty() ? "build" : "buildWithParameters";
        good(post("/job/" + name + "/" + build + "?delay=0sec", "text/plain", ""));
        Eventually.get(
                name + " to begin", () -> status("/job/" + name + "/1/api/json").filter(s -> s == 200));
    }

    /** Asks for another build of a job, whatever the ones before do. */
    void beginAgain(String job) throws IOException, InterruptedException {
        good(post("/job/" + job + "/build?delay=0sec", "text/plain", ""));
    }

    /** Waits until a build has said this. */
    void awaitLog(String job, String text) throws Exception {
        awaitLog(job, Pattern.compile(text, Pattern.LITERAL));
    }

    void awaitLog(String job, Pattern text) throws Exception {
        Eventually.get(
                job + " to say " + text,
                () -> Optional.of(read("/job/" + job + "/1/consoleText"))
                        .filter(log -> text.matcher(log).find()));
    }

    /** Waits until buildMultiArch has written down that a platform came this far: WAITING, BUILDING, BUILT. */
    void awaitPlatform(String job, String platform, String state) throws Exception {
        Eventually.get(platform + " of " + job + " to be " + state, () -> {
            JsonNode build = json("/job/" + job + "/1/api/json?tree=actions[platforms[platform,state]]");
            for (JsonNode record : build.findParents("state")) {
                if (record.get("platform").asText().equals(platform)
                        && record.get("state").asText().equals(state)) {
                    return Optional.of(record);
                }
            }
            return Optional.empty();
        });
    }

    void abort(String job) throws IOException, InterruptedException {
        good(post("/job/" + job + "/1/stop", "text/plain", ""));
    }

    /** How the first build of a job ended, once it has. */
    Build end(String job) throws Exception {
        return end(job, 1);
    }

    /** How a build of a job ended, once it has. */
    Build end(String job, int number) throws Exception {
        String path = "/job/" + job + "/" + number;
        String result = Eventually.get(job + " #" + number + " to end", () -> {
            if (status(path + "/api/json").filter(s -> s == 200).isEmpty()) {
                return Optional.empty();
            }
            JsonNode build = json(path + "/api/json");
            return build.get("building").asBoolean()
                    ? Optional.empty()
                    : Optional.of(build.get("result").asText());
        });
        return new Build(result, read(path + "/consoleText"));
    }

    Build run(String job, String script) throws Exception {
        begin(job, script);
        return end(job);
    }

    /** How a build ended, and what it said. */
    record Build(String result, String log) {
        /** What a build that succeeded has said on a line of its own, behind a word and a blank. */
        JsonNode said(String word) throws IOException {
            assertThat(result).as(log).isEqualTo("SUCCESS");
            return JSON.readTree(log.lines()
                    .filter(line -> line.startsWith(word + " "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(log))
                    .substring(word.length()));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static <T> HttpResponse<T> good(HttpResponse<T> response) {
        if (response.statusCode() >= 400) {
            throw new AssertionError(response.request().method() + " " + response.uri() + " was answered with "
                    + response.statusCode() + ": " + response.body());
        }
        return response;
    }
}
