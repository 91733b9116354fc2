package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.attest.AnyVerifier;
import io.jenkins.plugins.multiarch.attest.KeySigner;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.ReleaseNote;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the receipt of a promotion says, and who signs it. */
final class ReceiptOptions {

    @Option(
            names = "--receipt-key",
            order = 20,
            paramLabel = "FILE",
            description =
                    "The private key that signs the receipt, in PEM or made by 'cosign generate-key-pair'; without, it is"
                            + " left unsigned.")
    private Path key;

    @Option(
            names = "--receipt-key-password-file",
            order = 21,
            paramLabel = "FILE",
            description = "A file with the password of that key, on its first line.")
    private Path passwordFile;

    @Option(
            names = "--release-version",
            order = 22,
            defaultValue = "",
            paramLabel = "VERSION",
            description = "The version of the release; without, what each image says of itself, or its highest tag.")
    private String version;

    @Option(
            names = "--build",
            order = 23,
            paramLabel = "NUMBER",
            description = "The number of the build; without, $BUILD_NUMBER, and its address is $BUILD_URL.")
    private String build;

    /** For those who leave receipts and read none. */
    Receipts receipts(Registry registry) throws IOException {
        return new Receipts(registry, signer(), Optional.empty());
    }

    /**
     * For those who read receipts too.
     *
     * @param trusted keys whose receipts count, beside the one that signs; where there is none at all, every receipt does
     */
    Receipts receipts(Registry registry, List<TrustedKey> trusted) throws IOException {
        Optional<Signer> signer = signer();
        List<Verifier> all = new ArrayList<>();
        trusted.forEach(one -> all.add(new KeyVerifier(one)));
        signer.flatMap(Signer::verifier).ifPresent(all::add);
        return new Receipts(registry, signer, all.isEmpty() ? Optional.empty() : Optional.of(new AnyVerifier(all)));
    }

    private Optional<Signer> signer() throws IOException {
        return key == null ? Optional.empty() : Optional.of(new KeySigner(KeyOptions.read(key, passwordFile)));
    }

    ReleaseNote note(Surroundings around) {
        Map<String, String> environment = around.environment();
        return build == null
                ? new ReleaseNote(
                        version,
                        environment.getOrDefault("BUILD_NUMBER", ""),
                        environment.getOrDefault("BUILD_URL", ""))
                : new ReleaseNote(version, build, "");
    }
}
