package io.jenkins.plugins.multiarch.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An image in a registry, seen by tools of others.
 *
 * @param reference with a tag or a digest
 */
record Published(String reference) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The digests of its images by their platforms, as skopeo reads its index. */
    Map<String, String> platforms() throws IOException, InterruptedException {
        Map<String, String> platforms = new LinkedHashMap<>();
        for (JsonNode entry : JSON.readTree(skopeo(reference, "--raw")).path("manifests")) {
            JsonNode platform = entry.path("platform");
            platforms.put(
                    platform.path("os").asText() + "/"
                            + platform.path("architecture").asText(),
                    entry.path("digest").asText());
        }
        return platforms;
    }

    /** The configuration of its image for a platform, with labels and history. */
    JsonNode configuration(String platform) throws IOException, InterruptedException {
        return JSON.readTree(skopeo(only(platform), "--config", "--raw"));
    }

    Map<String, String> labels(String platform) throws IOException, InterruptedException {
        Map<String, String> labels = new LinkedHashMap<>();
        configuration(platform)
                .path("config")
                .path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    /** What its image for a platform says when Docker runs it. */
    String run(String platform) throws IOException, InterruptedException {
        Path login = Files.createTempDirectory("docker-config");
        Path file = login.resolve("config.json");
        try {
            String word = Base64.getEncoder()
                    .encodeToString((RealTools.user() + ":" + RealTools.password()).getBytes(StandardCharsets.UTF_8));
            Files.writeString(
                    file,
                    "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}"
                            .formatted(reference.split("/")[0], word));
            return RealTools.run(
                    RealTools.command("docker"),
                    "--config",
                    login.toString(),
                    "run",
                    "--rm",
                    "--network",
                    "none",
                    "--platform",
                    platform,
                    only(platform));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(login);
        }
    }

    /** Puts all its files into a folder. */
    void copyTo(Path folder) throws IOException, InterruptedException {
        RealTools.run(
                RealTools.command("skopeo"),
                "copy",
                "--all",
                "--src-tls-verify=false",
                "--src-creds",
                RealTools.user() + ":" + RealTools.password(),
                "docker://" + reference,
                "oci:" + folder);
    }

    /** Its image for a platform by digest. Of two platforms of one digest, an older Docker keeps one only. */
    private String only(String platform) throws IOException, InterruptedException {
        String repository = reference.contains("@")
                ? reference.substring(0, reference.indexOf('@'))
                : reference.substring(0, reference.lastIndexOf(':'));
        return repository + "@" + platforms().get(platform);
    }

    private static String skopeo(String image, String... options) throws IOException, InterruptedException {
        String[] command = new String[options.length + 6];
        command[0] = RealTools.command("skopeo");
        command[1] = "inspect";
        command[2] = "--tls-verify=false";
        command[3] = "--creds";
        command[4] = RealTools.user() + ":" + RealTools.password();
        System.arraycopy(options, 0, command, 5, options.length);
        command[command.length - 1] = "docker://" + image;
        return RealTools.run(command);
    }
}
