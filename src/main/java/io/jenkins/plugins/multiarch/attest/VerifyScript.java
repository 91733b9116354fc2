package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.keys.TrustedKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A shell script for those who pull a release: the exact commands of cosign and oras that verify each digest of it against
 * one key, so that nobody has to trust who made it.
 */
public final class VerifyScript {
    private static final String TRUST = " --key \"$folder/release.pub\" --insecure-ignore-tlog $COSIGN_FLAGS ";

    private final AttestedImage image;
    private final TrustedKey key;

    /** @param key whose evidence the script verifies, written out in it */
    public VerifyScript(AttestedImage image, TrustedKey key) {
        this.image = image;
        this.key = key;
    }

    public String text() {
        List<String> lines = new ArrayList<>(List.of(
                "#!/bin/sh",
                "# Verifies " + image.image() + " with cosign 2.5 or later, and lists its evidence with oras.",
                "# More flags for a registry of your own: COSIGN_FLAGS (--allow-http-registry) and ORAS_FLAGS (--plain-http).",
                "set -eu",
                "COSIGN_FLAGS=${COSIGN_FLAGS-}",
                "ORAS_FLAGS=${ORAS_FLAGS-}",
                "folder=$(mktemp -d)",
                "trap 'rm -rf \"$folder\"' EXIT",
                "cat > \"$folder/release.pub\" <<'KEY'",
                key.toPem().strip(),
                "KEY",
                "# A key decides alone, so the root is empty; without one, cosign would fetch one from the network.",
                "echo '{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}' > \"$folder/root.json\"",
                "failed=0",
                "",
                "# check NAME COMMAND...: says whether a command of cosign verifies",
                "check() {",
                "    name=$1",
                "    shift",
                "    if \"$@\" > \"$folder/out\" 2> \"$folder/err\"; then",
                "        echo \"ok      $name\"",
                "    else",
                "        echo \"FAILED  $name\"",
                "        cat \"$folder/err\"",
                "        failed=1",
                "    fi",
                "}",
                ""));
        commands().forEach(lines::add);
        lines.addAll(List.of(
                "",
                "if command -v oras > /dev/null; then",
                "    oras discover $ORAS_FLAGS " + image.image(),
                "fi",
                "exit $failed"));
        return String.join("\n", lines) + "\n";
    }

    private Set<String> commands() {
        Set<String> commands = new LinkedHashSet<>();
        for (StoredAttestation one : image.attestations()) {
            boolean tag =
                    one.place().endsWith(CosignTags.ATTESTATIONS) || one.place().endsWith(CosignTags.SIGNATURES);
            commands.add(command(one, tag));
        }
        return commands;
    }

    private String command(StoredAttestation one, boolean tag) {
        String reference = image.image().repository() + "@" + one.subject();
        if (one.place().endsWith(CosignTags.SIGNATURES)) {
            return "check " + quoted("signature of " + one.subject()) + " cosign verify" + TRUST + reference;
        }
        return "check " + quoted(one.predicateType() + " of " + one.subject()) + " cosign verify-attestation --type "
                + quoted(one.predicateType())
                + (tag ? "" : " --new-bundle-format --trusted-root \"$folder/root.json\"") + TRUST + reference;
    }

    /** The type of a predicate is a URI, and those may hold all that a shell takes for its own. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
