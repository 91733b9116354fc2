package io.jenkins.plugins.multiarch.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ImageRef;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateSubjectTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghcr.io/acme/app:1.4",
                "localhost:5000/acme/app:1.4",
                "oci:build/image",
                "oci:build/image:1.4",
                "oci-archive:image.tar:1.4",
                "docker-archive:image.tar",
                "docker-archive:image.tar:localhost:5000/acme/app:1.4",
                "docker-daemon:localhost:5000/acme/app:1.4",
                "docker-daemon:sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
            })
    void readsWhatItWrites(String text) {
        assertThat(GateSubject.parse(text)).hasToString(text);
    }

    @Test
    void takesWhatHasNoTransportForARegistrysImage() {
        GateSubject subject = GateSubject.parse("ghcr.io/acme/app:1.4");

        assertThat(subject).isEqualTo(new GateSubject.InRegistry(ImageRef.parse("ghcr.io/acme/app:1.4")));
    }

    @Test
    void knowsTheColonOfAWindowsDrive() {
        GateSubject subject = GateSubject.parse("oci-archive:C:/build/image.tar:1.4");

        assertThat(subject).isEqualTo(new GateSubject.InLayout("oci-archive", Path.of("C:/build/image.tar"), "1.4"));
    }

    @Test
    void takesRelativePathsFromAFolder() {
        Path folder = Path.of("/agent/workspace");

        assertThat(GateSubject.parse("oci:image:1.4").in(folder)).hasToString("oci:/agent/workspace/image:1.4");
        assertThat(GateSubject.parse("docker-archive:/images/image.tar").in(folder))
                .hasToString("docker-archive:/images/image.tar");
        assertThat(GateSubject.parse("docker-daemon:app").in(folder)).hasToString("docker-daemon:app");
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatThrownBy(() -> GateSubject.parse("oci-archive::1.4"))
                .hasMessage("'oci-archive::1.4' names no file. Write its path, as in oci-archive:image.tar.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--config=/etc/shadow", "-o", "", "app;reboot", "a b", "app\nb"})
    void refusesNamesThatDockerCouldTakeForSomethingElse(String name) {
        assertThatThrownBy(() -> new GateSubject.InDaemon(name))
                .hasMessageEndingWith("' is not the name of an image in a docker daemon."
                        + " Write its name and tag or its ID, as in docker-daemon:acme/app:1.4.");
    }

    @Test
    void refusesAModeItDoesNotKnow() {
        assertThatThrownBy(() -> GateMode.parse("digest"))
                .hasMessage("'digest' is not a mode of the gate. Write manifest, config or rootfs.");
    }
}
