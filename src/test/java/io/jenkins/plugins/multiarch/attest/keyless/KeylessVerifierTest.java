package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.attest.Verification.Refused;
import io.jenkins.plugins.multiarch.attest.Verification.Verified;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** With a release of sigstore-java as its own workflow signed it; {@link SigstoreConformanceTest} has many more cases. */
class KeylessVerifierTest {
    private static final long SEED = 20261121;

    @Test
    void saysWhoSignedAndWhen() throws Exception {
        Verification verification = new KeylessVerifier(Samples.trustedRoot(), Samples.signer())
                .verify(Samples.bundle(), Samples.message());

        assertThat(verification)
                .isEqualTo(new Verified(
                        Samples.SUBJECT + " (https://token.actions.githubusercontent.com)",
                        Optional.of(Instant.parse("2025-11-20T20:45:22Z"))));
    }

    @Test
    void takesEveryoneThatAnExpressionMatches() throws Exception {
        CertificateIdentity anyRelease = CertificateIdentity.of(
                "", "https://github\\.com/sigstore/sigstore-java/.*@refs/tags/v.*", Samples.ISSUER, "");

        assertThat(new KeylessVerifier(Samples.trustedRoot(), anyRelease).verify(Samples.bundle(), Samples.message()))
                .isInstanceOf(Verified.class);
    }

    @Test
    void refusesSomebodyElse() throws Exception {
        CertificateIdentity other = CertificateIdentity.of("https://github.com/acme/app", "", Samples.ISSUER, "");

        assertThat(refusal(new KeylessVerifier(Samples.trustedRoot(), other), Samples.bundle(), Samples.message()))
                .isEqualTo("it was signed by '" + Samples.SUBJECT + "', not by https://github.com/acme/app");
    }

    @Test
    void refusesAnExpressionThatMatchesAPartOnly() throws Exception {
        CertificateIdentity part = CertificateIdentity.of("", "sigstore-java", Samples.ISSUER, "");

        assertThat(refusal(new KeylessVerifier(Samples.trustedRoot(), part), Samples.bundle(), Samples.message()))
                .startsWith("it was signed by ");
    }

    @Test
    void refusesTheNameThatAnotherIssuerGave() throws Exception {
        CertificateIdentity other = CertificateIdentity.of(Samples.SUBJECT, "", "https://jenkins.example.com/oidc", "");

        assertThat(refusal(new KeylessVerifier(Samples.trustedRoot(), other), Samples.bundle(), Samples.message()))
                .isEqualTo("its signer was named by the issuer 'https://token.actions.githubusercontent.com', not"
                        + " https://jenkins.example.com/oidc");
    }

    @Test
    void refusesAnotherFile() throws Exception {
        Blob other = Blob.of("text/xml", "<project/>".getBytes(StandardCharsets.UTF_8));

        assertThat(refusal(verifier(), Samples.bundle(), other)).isEqualTo("the signature is not of this file");
    }

    @Test
    void refusesTheSignatureOfAFileWhereAStatementBelongs() throws Exception {
        assertThat(verifier().verify(Samples.bundle())).isEqualTo(new Refused("it is no signature of an envelope"));
    }

    @Test
    void refusesWhatNobodySaysTheTimeOf() throws Exception {
        JsonNode bundle = changed(entry -> entry.remove("inclusionPromise"));

        assertThat(refusal(verifier(), Bundle.parse(Json.write(bundle)), Samples.message()))
                .isEqualTo("nobody who is trusted says when it was signed");
    }

    @Test
    void refusesWhatNoLogHolds() throws Exception {
        ObjectNode bundle = Json.read(Samples.bundleJson(), "The bundle");
        ((ArrayNode) bundle.path("verificationMaterial").path("tlogEntries")).removeAll();

        assertThat(refusal(verifier(), Bundle.parse(Json.write(bundle)), Samples.message()))
                .isEqualTo("it is in no transparency log of the trusted root");
    }

    @Test
    void refusesALogEntryOfAnotherKind() throws Exception {
        JsonNode bundle = changed(
                entry -> entry.putObject("kindVersion").put("kind", "dsse").put("version", "0.0.1"));

        assertThat(refusal(verifier(), Bundle.parse(Json.write(bundle)), Samples.message()))
                .isEqualTo("the log's entry is of another kind than the bundle says");
    }

    @Test
    void refusesAPromiseWithoutAProof() throws Exception {
        JsonNode bundle = changed(entry -> entry.remove("inclusionProof"));

        assertThat(refusal(verifier(), Json.write(bundle)))
                .isEqualTo("This is not a Sigstore bundle we can use: there is no proof that the log holds it."
                        + " Sign again with a current tool, such as cosign 2.4 or later.");
    }

    @Test
    void takesAPromiseAloneFromTheFirstVersionOfBundles() throws Exception {
        ObjectNode bundle = (ObjectNode) changed(entry -> entry.remove("inclusionProof"));
        bundle.put("mediaType", "application/vnd.dev.sigstore.bundle+json;version=0.1");

        assertThat(refusal(verifier(), Json.write(bundle))).isEmpty();
    }

    /** Every value of the bundle, with one bit changed at a place of chance; a text that holds Base64 inside the Base64. */
    @TestFactory
    List<DynamicTest> refusesABundleOfWhichAByteChanged() throws IOException {
        List<String> paths = new ArrayList<>();
        collect(Json.read(Samples.bundleJson(), "The bundle"), "", paths);
        Random random = new Random(SEED);

        return paths.stream()
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    for (int i = 0; i < 8; i++) {
                        ObjectNode bundle = Json.read(Samples.bundleJson(), "The bundle");
                        flip(bundle, path, random);

                        assertThat(refusal(verifier(), Json.write(bundle))).isNotEmpty();
                    }
                }))
                .toList();
    }

    private static void collect(JsonNode node, String path, List<String> paths) {
        if (node.isValueNode()) {
            paths.add(path);
        }
        node.fieldNames().forEachRemaining(name -> collect(node.path(name), path + "/" + name, paths));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(node.path(i), path + "/" + i, paths);
        }
    }

    private static void flip(ObjectNode bundle, String path, Random random) {
        int slash = path.lastIndexOf('/');
        JsonNode parent = bundle.at(path.substring(0, slash));
        String value = flipped(bundle.at(path).asText(), random);
        if (parent instanceof ArrayNode array) {
            int index = Integer.parseInt(path.substring(slash + 1));
            array.remove(index);
            array.insert(index, value);
        } else {
            ((ObjectNode) parent).put(path.substring(slash + 1), value);
        }
    }

    private static String flipped(String text, Random random) {
        boolean inBase64 = text.matches("[A-Za-z0-9+/]{20,}=*");
        byte[] bytes = inBase64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
        bytes[random.nextInt(bytes.length)] ^= 1;
        return inBase64 ? Base64.getEncoder().encodeToString(bytes) : new String(bytes, StandardCharsets.UTF_8);
    }

    private static JsonNode changed(Consumer<ObjectNode> change) throws IOException {
        ObjectNode bundle = Json.read(Samples.bundleJson(), "The bundle");
        change.accept((ObjectNode) bundle.at("/verificationMaterial/tlogEntries/0"));
        return bundle;
    }

    private static KeylessVerifier verifier() throws IOException {
        return new KeylessVerifier(Samples.trustedRoot(), Samples.signer());
    }

    private static String refusal(KeylessVerifier verifier, byte[] bundle) throws IOException, InterruptedException {
        try {
            return refusal(verifier, Bundle.parse(bundle), Samples.message());
        } catch (ReleaseException e) {
            return e.getMessage();
        }
    }

    private static String refusal(KeylessVerifier verifier, Bundle bundle, Blob message)
            throws IOException, InterruptedException {
        return verifier.verify(bundle, message) instanceof Refused refused ? refused.reason() : "";
    }
}
