package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A shell script that checks a release with tools of others, each digest written out. */
final class DemoVerifyScript {
    private final ObjectNode release;
    private final String archive;

    DemoVerifyScript(ObjectNode release, String archive) {
        this.release = release;
        this.archive = archive;
    }

    String text() {
        String repository = release.at("/image/repository").asText();
        String digest = release.at("/image/digest").asText();
        List<String> lines = new ArrayList<>(List.of(
                "#!/bin/sh",
                "# Checks the release " + release.path("name").asText() + " "
                        + release.path("release").asText()
                        + " with skopeo and oras, which know nothing of who published it.",
                "# Flags for the registry: SKOPEO_FLAGS (else plain http is allowed) and ORAS_FLAGS (else --plain-http).",
                "set -eu",
                "cd \"$(dirname \"$0\")\"",
                "skopeo_flags=${SKOPEO_FLAGS---tls-verify=false}",
                "oras_flags=${ORAS_FLAGS---plain-http}",
                "failed=0",
                "",
                "# same NAME DIGEST REFERENCE: the manifest has this digest, computed here from its bytes",
                "same() {",
                "    found=sha256:$(skopeo inspect $skopeo_flags --raw \"$3\" | sha256sum | cut -d ' ' -f 1)",
                "    if [ \"$found\" = \"$2\" ]; then",
                "        echo \"ok       $1 $2\"",
                "    else",
                "        echo \"DIFFERS  $1: $found instead of $2\"",
                "        failed=1",
                "    fi",
                "}",
                "",
                "# The archive that was tested, which needs no registry.",
                same("archive", digest, "oci-archive:" + archive),
                "",
                "# What stands in the registry. The demo's own registry ends with the demo; give it another by",
                "# 'demo --registry HOST:PORT', or with Maven by -Ddemo.arguments=--registry=HOST:PORT.",
                "if ! skopeo inspect $skopeo_flags --raw docker://" + repository + "@" + digest
                        + " > /dev/null 2>&1; then",
                "    echo 'The registry " + registry(repository) + " does not answer; the archive alone was checked.'",
                "    exit $failed",
                "fi"));
        lines.add(same("index", digest, "docker://" + repository + "@" + digest));
        for (JsonNode platform : release.at("/image/platforms")) {
            String child = platform.path("digest").asText();
            lines.add(same(platform.path("platform").asText(), child, "docker://" + repository + "@" + child));
        }
        for (JsonNode tag : release.at("/image/tags")) {
            lines.add(same("tag " + tag.asText(), digest, "docker://" + repository + ":" + tag.asText()));
        }
        release.path("channels")
                .fields()
                .forEachRemaining(channel -> lines.add(same(
                        "channel " + channel.getKey(),
                        channel.getValue().asText(),
                        "docker://" + repository + ":" + channel.getKey())));
        String copy = release.at("/copy/repository").asText();
        lines.add(same("copy", digest, "docker://" + copy + "@" + digest));
        String referrer = release.at("/referrer/digest").asText();
        lines.addAll(List.of(
                "",
                "# refers REPOSITORY: the test report is listed as a referrer of the image",
                "refers() {",
                "    if oras discover $oras_flags \"$1@" + digest + "\" | grep -q " + referrer + "; then",
                "        echo \"ok       referrer " + referrer + " in $1\"",
                "    else",
                "        echo \"MISSING  referrer " + referrer + " in $1\"",
                "        failed=1",
                "    fi",
                "}",
                "if command -v oras > /dev/null; then",
                "    refers " + repository,
                "    refers " + copy,
                "else",
                "    echo 'oras is not here; referrers were not checked.'",
                "fi",
                "exit $failed"));
        return String.join("\n", lines) + "\n";
    }

    private static String registry(String repository) {
        return repository.substring(0, repository.indexOf('/'));
    }

    private static String same(String name, String digest, String reference) {
        return "same '" + name + "' " + digest + " " + reference;
    }
}
