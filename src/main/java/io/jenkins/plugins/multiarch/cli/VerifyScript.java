package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A shell script that checks a release with tools of others, each digest written out. */
final class VerifyScript {
    private final ObjectNode release;
    private final String archive;

    VerifyScript(ObjectNode release, String archive) {
        this.release = release;
        this.archive = archive;
    }

    String text() {
        String repository = release.at("/image/repository").asText();
        String digest = release.at("/image/digest").asText();
        List<String> lines = new ArrayList<>(List.of(
                "#!/bin/sh",
                "# Checks the release " + release.path("name").asText() + " "
                        + release.path("release").asText() + " with skopeo and oras, which know nothing of who published it.",
                "# Flags for the registry: SKOPEO_FLAGS (else plain http is allowed) and ORAS_FLAGS (else --plain-http).",
                "set -eu",
                "cd \"$(dirname \"$0\")\"",
                "skopeo_flags=${SKOPEO_FLAGS---tls-verify=false}",
                "oras_flags=${ORAS_FLAGS---plain-http}",
                "failed=0",
                "",
                "# same NAME EXPECTED: the bytes on standard input have this digest",
                "same() {",
                "    found=sha256:$(sha256sum | cut -d ' ' -f 1)",
                "    if [ \"$found\" = \"$2\" ]; then echo \"ok      $1\"; else echo \"DIFFERS $1: $found instead of $2\"; failed=1; fi",
                "}",
                "",
                "# The archive that was tested, which needs no registry.",
                "skopeo inspect --raw oci-archive:" + archive + " | same 'archive " + archive + "' " + digest,
                "",
                "# What stands in the registry. The demo's own registry ends with the demo; give it another by",
                "# 'demo --registry HOST:PORT', or with Maven by -Ddemo.registry=HOST:PORT.",
                "if ! skopeo inspect $skopeo_flags --raw docker://" + repository + "@" + digest + " > /dev/null 2>&1; then",
                "    echo 'The registry " + registry(repository) + " does not answer; the archive alone was checked.'",
                "    exit $failed",
                "fi"));
        lines.add(raw("index", repository, "@", digest, digest));
        for (JsonNode platform : release.at("/image/platforms")) {
            String child = platform.path("digest").asText();
            lines.add(raw(platform.path("platform").asText(), repository, "@", child, child));
        }
        for (JsonNode tag : release.at("/image/tags")) {
            lines.add(raw("tag " + tag.asText(), repository, ":", tag.asText(), digest));
        }
        release.path("channels")
                .fields()
                .forEachRemaining(channel -> lines.add(raw(
                        "channel " + channel.getKey(),
                        repository,
                        ":",
                        channel.getKey(),
                        channel.getValue().asText())));
        String copy = release.at("/copy/repository").asText();
        lines.add(raw("copy", copy, "@", digest, digest));
        String referrer = release.at("/referrer/digest").asText();
        for (String place : List.of(repository, copy)) {
            lines.add("if command -v oras > /dev/null; then");
            lines.add("    oras discover $oras_flags " + place + "@" + digest + " | grep -q " + referrer
                    + " && echo 'ok      referrer in " + place + "' || { echo 'MISSING referrer in " + place
                    + "'; failed=1; }");
            lines.add("fi");
        }
        lines.add("exit $failed");
        return String.join("\n", lines) + "\n";
    }

    private static String registry(String repository) {
        return repository.substring(0, repository.indexOf('/'));
    }

    private static String raw(String name, String repository, String separator, String reference, String digest) {
        return "skopeo inspect $skopeo_flags --raw docker://" + repository + separator + reference + " | same '" + name
                + "' " + digest;
    }
}
