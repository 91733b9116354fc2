package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.Finding.Rejected;
import io.jenkins.plugins.multiarch.image.Base64Text;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.Blob;
import io.jenkins.plugins.multiarch.registry.InMemoryRegistry;
import io.jenkins.plugins.multiarch.registry.SampleImages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that somebody signed as such, put beside an image as cosign's signature of it. */
class SignedFileTest {
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Repository app = Repository.parse("a.example/acme/app");
    private final SampleImages images = new SampleImages(registry, app);
    private final KeySigner signer = new KeySigner(SampleKeys.p256());

    /** In three of these forms files were once signed, and taken for the payload. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "\u00EF\u00BB\u00BF{|it is not in UTF-8 without a byte order mark",
                "{\u0000|it is not in UTF-8 without a byte order mark",
                "{\"\u00C1\u00A3\":1,|it is not in UTF-8 without a byte order mark",
                "{\"Critical\":{},|it has 'Critical', which some tools read as 'critical' and others pass over"
            })
    void isNoWordAboutTheImage(String beginning, String reason) throws Exception {
        ImageManifest image = images.image("linux/amd64", "a");
        String payload = new String(SimpleSigning.payload(app, image.digest()), StandardCharsets.US_ASCII);
        byte[] file = (beginning + payload.substring(1)).getBytes(StandardCharsets.ISO_8859_1);
        MessageSignature signature =
                (MessageSignature) signer.sign(Blob.of("text/plain", file)).content();
        Descriptor layer = images.blob(CosignTags.SIMPLE_SIGNING, file)
                .withAnnotations(Map.of(CosignAnnotations.SIGNATURE, Base64Text.of(signature.signature())));
        Descriptor config = images.blob(MediaTypes.OCI_CONFIG, new byte[] {'{', '}'});
        registry.put(
                app,
                CosignTags.tag(image.digest(), CosignTags.SIGNATURES),
                ImageManifest.of(config, List.of(layer), Map.of()));

        List<Finding> findings = new ImageVerification(registry)
                .findings(ImageRef.of(app, image.digest()), new KeyVerifier(SampleKeys.trusted("p256.pub")));

        assertThat(findings).singleElement().isInstanceOf(Rejected.class);
        assertThat(((Rejected) findings.get(0)).reason())
                .isEqualTo("The simple signature is not a JSON object we can use: " + reason);
    }
}
