package io.jenkins.plugins.multiarch.bench;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of the tools we are measured beside. */
final class Peers {
    private final String skopeo = RealTools.command("skopeo");

    /** Copies every byte of an image, all platforms, digests kept. */
    void skopeoCopy(String source, String target) throws Exception {
        run(
                skopeo,
                "copy",
                "--quiet",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                source,
                target);
    }

    void skopeoCopyTo(String source, String target, String credentials) throws Exception {
        run(
                skopeo,
                "copy",
                "--quiet",
                "--all",
                "--preserve-digests",
                "--src-tls-verify=false",
                "--dest-tls-verify=false",
                "--dest-creds",
                credentials,
                source,
                target);
    }

    void skopeoPush(Path layout, String target) throws Exception {
        run(skopeo, "copy", "--quiet", "--preserve-digests", "--dest-tls-verify=false", "oci:" + layout, target);
    }

    void skopeoPull(String source, Path layout) throws Exception {
        run(skopeo, "copy", "--quiet", "--preserve-digests", "--src-tls-verify=false", source, "oci:" + layout);
    }

    void orasCopy(String source, String target) throws Exception {
        run(RealTools.command("oras"), "cp", "-r", "--from-plain-http", "--to-plain-http", source, target);
    }

    /** Builds every platform from scratch and pushes the index, as its users do it. */
    void buildah(Path context, List<String> platforms, String name, String target) throws Exception {
        List<String> build = new ArrayList<>(List.of(
                RealTools.command("buildah"),
                "bud",
                "--quiet",
                "--no-cache",
                "--timestamp",
                "0",
                "--platform",
                String.join(",", platforms),
                "--manifest",
                name,
                context.toString()));
        run(build.toArray(String[]::new));
        run(RealTools.command("buildah"), "manifest", "push", "--quiet", "--all", "--tls-verify=false", name, target);
    }

    /** One bundle beside one digest; the key is encrypted with an empty password. */
    void cosignAttest(Path key, Path predicate, String type, ImageRef image) throws Exception {
        run(
                "env",
                "COSIGN_PASSWORD=",
                RealTools.command("cosign"),
                "attest",
                "--new-bundle-format",
                "--tlog-upload=false",
                "--allow-http-registry",
                "--yes",
                "--key",
                key.toString(),
                "--type",
                type,
                "--predicate",
                predicate.toString(),
                image.toString());
    }

    void cosignVerify(Path key, Path trustedRoot, String type, ImageRef image) throws Exception {
        run(
                RealTools.command("cosign"),
                "verify-attestation",
                "--new-bundle-format",
                "--insecure-ignore-tlog",
                "--allow-http-registry",
                "--trusted-root",
                trustedRoot.toString(),
                "--key",
                key.toString(),
                "--type",
                type,
                image.toString());
    }

    private static void run(String... command) throws Exception {
        RealTools.run(command);
    }
}
