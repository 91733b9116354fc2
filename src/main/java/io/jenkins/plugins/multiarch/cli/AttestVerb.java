package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.attest.AttestationRequest;
import io.jenkins.plugins.multiarch.attest.Attestations;
import io.jenkins.plugins.multiarch.attest.AttestedImage;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.KeyTrust;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.Sbom;
import io.jenkins.plugins.multiarch.attest.ScanReport;
import io.jenkins.plugins.multiarch.attest.StorageForm;
import io.jenkins.plugins.multiarch.attest.VerifyScript;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.keys.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs statements about an image and puts them beside it. */
@Command(
        name = "attest",
        header = "Signs statements about an image and puts them beside every digest of it.",
        description = "The same again changes nothing. Prints the image, by its digest.",
        footer = {
            "  multiarch-release attest --image ghcr.io/acme/app:1.4 --sbom linux/amd64=amd64.json --key release.key",
            "  multiarch-release attest --image ghcr.io/acme/app:1.4 --sign --format both --key release.key"
        })
final class AttestVerb extends Verb {

    @Option(names = "--image", required = true, paramLabel = "IMAGE", description = "The image, by tag or digest.")
    private ImageRef image;

    @Option(
            names = "--sbom",
            paramLabel = "[PLATFORM=]FILE",
            description =
                    "A bill of materials, CycloneDX or SPDX 2 in JSON; of one platform, or of the image that it says"
                            + " itself. May be repeated.")
    private List<PredicateFile> sboms = new ArrayList<>();

    @Option(
            names = "--scan",
            paramLabel = "[PLATFORM=]FILE",
            description = "A report of Trivy or Grype in JSON, or a predicate of one. May be repeated.")
    private List<PredicateFile> scans = new ArrayList<>();

    @Mixin
    private PredicateOptions predicates;

    @Option(names = "--sign", description = "Sign the image itself as well, as 'cosign sign --recursive' does.")
    private boolean sign;

    @Mixin
    private KeyOptions key;

    @Option(
            names = "--format",
            defaultValue = "bundle",
            paramLabel = "FORMAT",
            description = "bundle unless said, legacy for cosign's tags .att and .sig, or both.")
    private StorageForm format;

    @Option(
            names = "--verify-script",
            paramLabel = "FILE",
            description = "Where to write a shell script that verifies all of it with cosign and oras.")
    private Path script;

    AttestVerb(Surroundings around) {
        super(around);
    }

    @Override
    void perform() throws IOException, InterruptedException {
        List<Predicate> claims = new ArrayList<>(predicates.read());
        Map<Platform, List<Predicate>> platformClaims = new LinkedHashMap<>();
        read(sboms, Sbom::parse, claims, platformClaims);
        read(scans, bytes -> ScanReport.parse(bytes, Instant.now()), claims, platformClaims);
        SigningKey signing = key.signingKey();
        AttestedImage attested = new Attestations(registry(), log())
                .attest(new AttestationRequest(image, claims, platformClaims, sign, format), new KeySigner(signing));
        if (script != null) {
            Files.writeString(script, new VerifyScript(attested, new KeyTrust(signing.publicKey())).text());
        }
        print(attested::toJson, () -> attested.image().toString());
    }

    private static void read(
            List<PredicateFile> files,
            PredicateFile.Form form,
            List<Predicate> claims,
            Map<Platform, List<Predicate>> platformClaims)
            throws IOException {
        for (PredicateFile file : files) {
            List<Predicate> all = file.platform().isEmpty()
                    ? claims
                    : platformClaims.computeIfAbsent(file.platform().get(), any -> new ArrayList<>());
            all.add(file.read(form));
        }
    }
}
