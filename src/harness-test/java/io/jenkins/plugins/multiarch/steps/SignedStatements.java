package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.Bundle;
import io.jenkins.plugins.multiarch.attest.Envelope;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.attest.Verification;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the key release-key signed of the images of a registry. */
final class SignedStatements {
    private SignedStatements() {}

    /** Those of a type that lie beside a manifest and that the key signed. */
    static List<Statement> statements(FakeRegistry fake, Digest subject, String type) throws Exception {
        Registry registry =
                HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
        Repository repository = fake.repository("acme/app");
        KeyVerifier verifier = new KeyVerifier(SampleKeys.trusted("p256.pub"));
        List<Statement> statements = new ArrayList<>();
        for (Descriptor referrer : registry.referrers(repository, subject, "")) {
            ImageManifest manifest =
                    (ImageManifest) registry.find(repository, referrer.digest()).orElseThrow();
            try (InputStream in = registry.open(repository, manifest.layers().get(0))) {
                Bundle bundle = Bundle.parse(in.readAllBytes());
                assertThat(verifier.verify(bundle)).isInstanceOf(Verification.Verified.class);
                Statement statement = Statement.parse(((Envelope) bundle.content()).payload());
                if (statement.predicateType().equals(type)) {
                    statements.add(statement);
                }
            }
        }
        return statements;
    }

    /** The one that the tag 1.0 leads to. */
    static Manifest image(FakeRegistry fake) throws Exception {
        Registry registry =
                HttpRegistry.builder().plainHttp(Set.of(fake.address())).build();
        return registry.get(ImageRef.parse(fake.repository("acme/app") + ":1.0"));
    }

    /** An index, then its images: all that is attested of it. */
    static List<Digest> subjects(Manifest image) {
        return Stream.concat(
                        Stream.of(image.digest()),
                        ((ImageIndex) image).images().stream().map(Descriptor::digest))
                .toList();
    }
}
