package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HashFilesTaskTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final byte[] NONE = new byte[0];

    private final Registry none = HttpRegistry.builder().build();

    @TempDir
    private Path workspace;

    private static HashFilesTask asking(String... paths) {
        return new HashFilesTask(new ArrayList<>(List.of(paths)), true);
    }

    private static HashedFile file(String path) {
        return new HashedFile(path, DIGEST, 7, NONE, NONE);
    }

    @Test
    void takesWhatItAskedFor() {
        List<HashedFile> answer = List.of(file("app.tar"), file("install.sh"));

        assertThat(asking("app.tar", "install.sh").checked(answer)).isEqualTo(answer);
    }

    /** Each file has a signature and provenance of its own, by the name that is answered. */
    @ParameterizedTest
    @MethodSource
    void takesNoAnswerThatIsNotOfTheFileItAskedFor(HashedFile answer) {
        assertThatThrownBy(() -> asking("app.tar").checked(Collections.singletonList(answer)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The agent answered without 'app.tar', or with more than the 16777216 bytes of it that are"
                        + " taken. Find out what runs on this agent: ours does neither.");
    }

    static Stream<HashedFile> takesNoAnswerThatIsNotOfTheFileItAskedFor() {
        return Stream.of(
                null,
                file("release-of-somebody-else.tar"),
                new HashedFile(null, DIGEST, 7, NONE, NONE),
                new HashedFile("app.tar", null, 7, NONE, NONE),
                new HashedFile("app.tar", "sha512:" + "a".repeat(128), 7, NONE, NONE),
                new HashedFile("app.tar", DIGEST, -1, NONE, NONE),
                new HashedFile("app.tar", DIGEST, 7, null, NONE),
                new HashedFile("app.tar", DIGEST, 7, NONE, null),
                new HashedFile("app.tar", DIGEST, 7, new byte[Statement.MAX_SIZE + 1], NONE),
                new HashedFile("app.tar", DIGEST, 7, NONE, new byte[Statement.MAX_SIZE + 1]));
    }

    @Test
    void takesNoFilesThatItDidNotAskFor() {
        List<HashedFile> more = List.of(file("app.tar"), file("other.tar"));

        assertThatThrownBy(() -> asking("app.tar").checked(more))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The agent answered with 2 files to sign where it was asked for 1. Find out what runs on"
                        + " this agent: ours answers with all of them and no other.");
    }

    @Test
    void takesNoMoreBesideAllOfThemThanTheControllerCanHold() throws IOException {
        String[] paths = {"a", "b", "c"};
        byte[] largest = new byte[Statement.MAX_SIZE];
        List<HashedFile> answer = Arrays.stream(paths)
                .map(path -> new HashedFile(path, DIGEST, 0, largest, largest))
                .toList();
        for (String path : paths) {
            Files.createFile(workspace.resolve(path));
            for (String beside : List.of(".sigstore.json", ".intoto.jsonl")) {
                try (RandomAccessFile empty =
                        new RandomAccessFile(workspace.resolve(path + beside).toFile(), "rw")) {
                    empty.setLength(largest.length);
                }
            }
        }

        assertTooMany(() -> asking(paths).checked(answer));
        assertTooMany(() -> asking(paths).run(none, Optional.of(workspace), line -> {}));
    }

    private static void assertTooMany(ThrowingCallable asking) {
        assertThatThrownBy(asking)
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The files have more than the 67108864 bytes together that are taken.");
    }

    /** Where nothing of the file itself is signed, it may hold anything. */
    @Test
    void refusesAFileThatCannotBeSignedBeforeAnythingIs() throws IOException {
        Files.writeString(workspace.resolve("app.tar"), "DSSEv1 28 application/vnd.in-toto+json 2 {}");
        HashFilesTask attesting = new HashFilesTask(new ArrayList<>(List.of("app.tar")), false);

        assertThatThrownBy(() -> asking("app.tar").run(none, Optional.of(workspace), line -> {}))
                .isInstanceOf(ReleaseException.class)
                .hasMessageStartingWith("The file holds what is signed of a statement");
        assertThat(attesting.run(none, Optional.of(workspace), line -> {})).hasSize(1);
    }
}
