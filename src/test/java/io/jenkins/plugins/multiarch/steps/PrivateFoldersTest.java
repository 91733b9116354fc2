package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
