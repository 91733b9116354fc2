package io.jenkins.plugins.multiarch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageRefTest {
    private static final String DIGEST = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox",
        "acme/app, docker.io/acme/app",
        "docker.io/busybox, docker.io/library/busybox",
        "index.docker.io/acme/app:1, docker.io/acme/app:1",
        "ghcr.io/acme/app, ghcr.io/acme/app",
        "ghcr.io/acme/app:1.4, ghcr.io/acme/app:1.4",
        "localhost/app, localhost/app",
        "localhost:5000/app:1, localhost:5000/app:1",
        "127.0.0.1:5000/a/b/c, 127.0.0.1:5000/a/b/c",
        "[::1]:5000/app:2, [::1]:5000/app:2",
        "registry.example.com:443/a-b/c__d/e.f:V_1, registry.example.com:443/a-b/c__d/e.f:V_1",
        "localhost:5000, docker.io/library/localhost:5000",
        "' ghcr.io/acme/app:1.4 ', ghcr.io/acme/app:1.4"
    })
    void readsAReference(String text, String whole) {
        assertThat(ImageRef.parse(text)).hasToString(whole);
        assertThat(ImageRef.parse(ImageRef.parse(text).toString())).isEqualTo(ImageRef.parse(text));
    }

    @Test
    void asksForTheDigestWhereThereIsOne() {
        ImageRef image = ImageRef.parse("ghcr.io/acme/app:1.4@" + DIGEST);

        assertThat(image.tag()).contains(new Tag("1.4"));
        assertThat(image.reference()).isEqualTo(Digest.parse(DIGEST));
        assertThat(image.requireDigest()).isEqualTo(Digest.parse(DIGEST));
        assertThat(image.at(image.requireDigest())).hasToString("ghcr.io/acme/app@" + DIGEST);
        assertThat(image).hasToString("ghcr.io/acme/app:1.4@" + DIGEST);
    }

    @Test
    void meansLatestWhereNothingIsSaid() {
        ImageRef image = ImageRef.parse("ghcr.io/acme/app");

        assertThat(image.tag()).isEqualTo(Optional.empty());
        assertThat(image.reference()).isEqualTo(Tag.LATEST);
    }

    @Test
    void wantsADigestWhereBytesMatter() {
        assertThatThrownBy(() -> ImageRef.parse("acme/app:1.4").requireDigest())
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'docker.io/acme/app:1.4' has no digest, so what it names may change at any time."
                        + " Add the digest that was built or tested, as in docker.io/acme/app@sha256:….");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|The image reference is empty. Write one, as in ghcr.io/acme/app:1.4.",
                "https://ghcr.io/acme/app|'https://ghcr.io/acme/app' is an address, not an image reference."
                        + " Leave out 'https://', as in ghcr.io/acme/app:1.4.",
                "docker://ghcr.io/acme/app|'docker://ghcr.io/acme/app' is an address, not an image reference."
                        + " Leave out 'docker://', as in ghcr.io/acme/app:1.4.",
                "acme/app:|'' is not a tag. Write 1 to 128 letters, digits, '_', '.' or '-', not starting with '.' or"
                        + " '-', as in 1.4.2.",
                "ghcr.io/Acme/app|'ghcr.io/Acme/app' is not a repository: 'Acme' has upper-case letters."
                        + " Write registry/namespace/name, as in ghcr.io/acme/app.",
                "ghcr.io/acme//app|'ghcr.io/acme//app' is not a repository: a part of its path is empty."
                        + " Write registry/namespace/name, as in ghcr.io/acme/app.",
                "ghcr.io/acme/app/|'ghcr.io/acme/app/' is not a repository: a part of its path is empty."
                        + " Write registry/namespace/name, as in ghcr.io/acme/app.",
                "ghcr.io/acme/-app|'ghcr.io/acme/-app' is not a repository: '-app' is not lower-case letters and digits,"
                        + " parted by '.', '_' or '-'. Write registry/namespace/name, as in ghcr.io/acme/app.",
                "ghcr.io/acme/a___b|'ghcr.io/acme/a___b' is not a repository: 'a___b' is not lower-case letters and"
                        + " digits, parted by '.', '_' or '-'. Write registry/namespace/name, as in ghcr.io/acme/app.",
                "ghcr.io/../app|'ghcr.io/../app' is not a repository: '..' is not lower-case letters and digits,"
                        + " parted by '.', '_' or '-'. Write registry/namespace/name, as in ghcr.io/acme/app.",
                "-x.io/acme/app|'-x.io/acme/app' is not a repository: '-x.io' is not a host with an optional port."
                        + " Write registry/namespace/name, as in ghcr.io/acme/app.",
                "user@ghcr.io/acme/app|'ghcr.io/acme/app' is not a digest: it has no ':'. Write the algorithm and its"
                        + " lower-case hexadecimal digits, as in " + DIGEST + "."
            })
    void saysHowToWriteAReference(String text, String message) {
        assertThatThrownBy(() -> ImageRef.parse(text))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(message);
    }

    @Test
    void refusesAPortThereCannotBe() {
        assertThatThrownBy(() -> ImageRef.parse("localhost:65536/app"))
                .isInstanceOf(ReleaseException.class)
                .hasMessage(
                        "'localhost:65536/app' is not a repository: 'localhost:65536' is not a host with an optional"
                                + " port. Write registry/namespace/name, as in ghcr.io/acme/app.");
    }

    @Test
    void refusesANameLongerThanRegistriesTake() {
        String name = "ghcr.io/" + "a/".repeat(130) + "a";

        assertThatThrownBy(() -> ImageRef.parse(name))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + name.substring(0, 120) + "…' is not a repository: it is longer than 255 characters."
                        + " Write registry/namespace/name, as in ghcr.io/acme/app.");
    }
}
