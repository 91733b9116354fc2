package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFoldersTest {
    @TempDir
    private Path temporary;

    @Test
    void makesAFolderForThisUserAlone() throws Exception {
        Path folder = temporary.resolve("beside/multiarch-build-12-7-linux-amd64");

        PrivateFolders.renew(folder);

        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void clearsAwayWhatWasLeftInItsPlace() throws Exception {
        Path folder = temporary.resolve("multiarch-build-12-7-linux-amd64");
        Files.createDirectories(folder.resolve("image/blobs"));
        Files.writeString(folder.resolve("image/index.json"), "old");

        PrivateFolders.renew(folder);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void clearsAwayWhatOtherBuildsLeftAndNothingElse() throws Exception {
        Path left = Files.createDirectory(temporary.resolve("multiarch-build-11-7-linux-amd64"));
        Path sibling = Files.createDirectory(temporary.resolve("multiarch-build-12-7-linux-arm64"));
        Path foreign = Files.createDirectory(temporary.resolve("secretFiles"));

        PrivateFolders.renew(temporary.resolve("multiarch-build-12-7-linux-amd64"));

        assertThat(left).doesNotExist();
        assertThat(sibling).exists();
        assertThat(foreign).exists();
    }

    @Test
    void knowsThemByTheirNames() {
        assertThat(PrivateFolders.nameIn("/agent/app@tmp", "/agent/app@tmp/multiarch-build-12-7-linux-amd64@1a2b"))
                .isEqualTo("multiarch-build-12-7-linux-amd64@1a2b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/home",
                "/agent/app@tmp",
                "/agent/app@tmp/secretFiles",
                "/agent/app@tmpmultiarch-build-1",
                "/agent/app@tmp/multiarch-build-1/../../app",
                "/agent/other@tmp/multiarch-build-1"
            })
    void takesNoOtherFolderForOne(String folder) {
        assertThatThrownBy(() -> PrivateFolders.nameIn("/agent/app@tmp", folder))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("'" + folder + "' is no folder in which buildMultiArch builds. Call buildMultiArch, which"
                        + " makes one.");
    }
}
