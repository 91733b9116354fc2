package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a machine said about itself: {@code key=value} lines, keys repeated where there are several values. */
record Probe(Map<String, List<String>> facts) {
    /** A daemon that is starting, or one on the other side of the world. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String SCRIPT = "probe.sh";

    /** Asks the machine, with one command that changes nothing. */
    static Probe of(Commands commands) throws IOException, InterruptedException {
        Commands.Answer answer = commands.run(List.of("sh", "-c", script()), LIMIT);
        if (answer.status() != 0) {
            throw new ReleaseException(
                    "Which builders this machine has could not be found out: sh ended with " + answer.status()
                            + (answer.errors().isBlank() ? "" : " and said '" + Shown.of(answer.errors()) + "'") + ".",
                    "Run docker version, docker buildx inspect and buildah --version on it by hand.");
        }
        return parse(answer.output());
    }

    private static String script() throws IOException {
        try (InputStream in = Probe.class.getResourceAsStream(SCRIPT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Probe parse(String output) {
        Map<String, List<String>> facts = new HashMap<>();
        for (String line : output.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.substring(equals + 1).isBlank()) {
                facts.computeIfAbsent(line.substring(0, equals), key -> new ArrayList<>())
                        .add(line.substring(equals + 1).strip());
            }
        }
        return new Probe(facts);
    }

    List<String> all(String key) {
        return facts.getOrDefault(key, List.of());
    }

    /** The first value, or the empty text. */
    String first(String key) {
        return all(key).isEmpty() ? "" : all(key).get(0);
    }

    boolean has(String key) {
        return facts.containsKey(key);
    }
}
