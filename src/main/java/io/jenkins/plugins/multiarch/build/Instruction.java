package io.jenkins.plugins.multiarch.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One instruction of a Dockerfile.
 *
 * @param line where it begins, counted from 1
 * @param keyword in capitals
 * @param flags such as {@code --chown=1:1}, as they stand there
 * @param text what stands behind keyword and flags, continued lines joined
 */
record Instruction(int line, String keyword, List<String> flags, String text, List<Heredoc> heredocs) {

    Instruction {
        flags = List.copyOf(flags);
        heredocs = List.copyOf(heredocs);
    }

    /** The elements where it is written as a JSON array of strings; nothing where it is not, which is no error. */
    Optional<List<String>> json() {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        try {
            byte[] wrapped = ("{\"words\":" + text + "}").getBytes(StandardCharsets.UTF_8);
            for (JsonNode word : Json.read(wrapped, keyword).path("words")) {
                if (!word.isTextual()) {
                    return Optional.empty();
                }
                words.add(word.asText());
            }
        } catch (ReleaseException e) {
            return Optional.empty();
        }
        return Optional.of(words);
    }

    /** The words, of a JSON array or parted by blanks. */
    List<String> words() {
        return json().orElseGet(
                        () -> text.isBlank() ? List.of() : List.of(text.strip().split("\\s+")));
    }

    /** The value of {@code --name=value}. */
    Optional<String> flag(String name) {
        String start = "--" + name + "=";
        return flags.stream()
                .filter(flag -> flag.startsWith(start))
                .map(flag -> flag.substring(start.length()))
                .findFirst();
    }

    /** Whether a flag without a value is there, and not {@code =false}. */
    boolean has(String name) {
        return flags.contains("--" + name) || flag(name).filter("true"::equals).isPresent();
    }

    void refuseFlagsBut(String... known) {
        for (String flag : flags) {
            String name = flag.substring(2).replaceFirst("=.*", "");
            if (!List.of(known).contains(name)) {
                throw unable(keyword + " --" + name);
            }
        }
    }

    /** A refusal that names the line. */
    ReleaseException refused(String fact, String cure) {
        return new ReleaseException("Dockerfile line " + line + ": " + fact + ".", cure);
    }

    /** A refusal of what only a builder with a container engine, or a newer one, does. */
    ReleaseException unable(String what) {
        return refused(what + " is beyond the daemonless builder", "Use the builder buildx or buildah.");
    }
}
