package io.jenkins.plugins.multiarch.attest;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A shell script for those who pull a release: the exact commands of cosign and oras that verify each digest of it as signed by
 * one signer, so that nobody has to trust who made it.
 */
public final class VerifyScript {
    private final AttestedImage image;
    private final CosignTrust trust;

    /** @param trust whose evidence the script verifies, written out in it */
    public VerifyScript(AttestedImage image, CosignTrust trust) {
        this.image = image;
        this.trust = trust;
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
                "trap 'rm -rf \"" + CosignTrust.FOLDER + "\"' EXIT"));
        new TreeMap<>(trust.files())
                .forEach((name, text) ->
                        lines.addAll(List.of("cat > " + CosignTrust.path(name) + " <<'END'", text.strip(), "END")));
        trust.variables().forEach((name, file) -> lines.add("export " + name + "=" + CosignTrust.path(file)));
        lines.addAll(List.of(
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
        image.attestations().stream().map(this::command).distinct().forEach(lines::add);
        lines.addAll(List.of(
                "",
                "if command -v oras > /dev/null; then",
                "    oras discover $ORAS_FLAGS " + image.image(),
                "fi",
                "exit $failed"));
        return String.join("\n", lines) + "\n";
    }

    private String command(StoredAttestation one) {
        String reference = image.image().repository() + "@" + one.subject();
        if (one.place().endsWith(CosignTags.SIGNATURES)) {
            return check("signature of " + one.subject(), "verify", trust.tagArguments(), reference);
        }
        boolean tag = one.place().endsWith(CosignTags.ATTESTATIONS);
        return check(
                one.predicateType() + " of " + one.subject(),
                "verify-attestation --type " + CosignTrust.quoted(one.predicateType()),
                tag ? trust.tagArguments() : trust.bundleArguments(),
                reference);
    }

    private static String check(String name, String verb, List<String> arguments, String reference) {
        return "check " + CosignTrust.quoted(name) + " cosign " + verb + " " + String.join(" ", arguments)
                + " $COSIGN_FLAGS " + reference;
    }
}
