package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;

/** Evidence of the public Sigstore instance; the README beside the files says where they are from. */
final class Samples {
    static final String SUBJECT = "https://github.com/sigstore/sigstore-java/.github/workflows/"
            + "release-sigstore-java-from-tag.yaml@refs/tags/v2.0.0";
    static final String ISSUER = "https://token.actions.githubusercontent.com";

    private Samples() {}

    static TrustedRoot trustedRoot() throws IOException {
        return TrustedRoot.parse(read("trusted_root.json"));
    }

    static CertificateIdentity signer() {
        return CertificateIdentity.of(SUBJECT, "", ISSUER, "");
    }

    static byte[] bundleJson() throws IOException {
        return read("sigstore-java-2.0.0.pom.sigstore.json");
    }

    static Bundle bundle() throws IOException {
        return Bundle.parse(bundleJson());
    }

    static Blob message() throws IOException {
        return Blob.of("text/xml", read("sigstore-java-2.0.0.pom"));
    }

    static byte[] read(String name) throws IOException {
        try (InputStream content = Samples.class.getResourceAsStream(name)) {
            return content.readAllBytes();
        }
    }
}
