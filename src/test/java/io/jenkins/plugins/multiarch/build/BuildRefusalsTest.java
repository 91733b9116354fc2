package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the daemonless builder does not build, and in which line it stands. */
class BuildRefusalsTest {
    private static final List<Platform> TWO = Platform.parseAll(List.of("linux/amd64", "linux/arm64"));

    @TempDir
    private Path folder;

    private SampleBuild sample;

    @BeforeEach
    void makeContext() throws IOException {
        sample = SampleBuild.withFiles(folder);
    }

    @Test
    void refusesTextsWithoutADestination() {
        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY <<A <<B", "A", "B"))
                .hasMessage("Dockerfile line 2: COPY needs a source and a destination."
                        + " Write COPY source destination.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    RUN make all | RUN make all needs a container engine, which the daemonless builder does without. Use the builder buildx or buildah, or do it before the build and COPY the result.
                    ADD https://example.com/x / | ADD of an address is beyond the daemonless builder. Use the builder buildx or buildah.
                    COPY --parents a / | COPY --parents is beyond the daemonless builder. Use the builder buildx or buildah.
                    COPY --chmod=u+x one.txt / | --chmod=u+x is beyond the daemonless builder. Use the builder buildx or buildah.
                    COPY nope / | 'nope' is not there, or .dockerignore keeps it out. Check the path; it begins at the context, or at the root of what --from names.
                    COPY away / | 'away' is not there, or .dockerignore keeps it out. Check the path; it begins at the context, or at the root of what --from names.
                    COPY ../x / | '../x' leads out of what is copied from. Copy from a folder above it, for example by a named context.
                    COPY one.txt | COPY needs a source and a destination. Write COPY source destination.
                    COPY one.txt two.txt /x | several sources cannot become the one file '/x'. End the destination with '/'.
                    COPY [a /x/ | '[a' is not a pattern. Close its brackets.
                    COPY one.txt /first/x | '/first' is not a folder, so nothing can be copied into it. Copy to another place.
                    COPY dir /first | the folder 'dir' cannot be copied over '/first', which is no folder. Copy what is in it to where that leads, or to another place.
                    WORKDIR /first | '/first' is not a folder, so nothing can work in it. Name another folder.
                    WORKDIR /first/x | '/first' is not a folder, so nothing can work in it. Name another folder.
                    COPY --chown=me one.txt / | the user 'me' is not in /etc/passwd of the stage. Write its number, or copy /etc/passwd first.
                    COPY --chown=1:us one.txt / | the group 'us' is not in /etc/group of the stage. Write its number, or copy /etc/group first.
                    COPY --from=7 a / | there is no stage 7 before this one. Name an earlier stage.
                    COPY --from=$A a / | --from=$A holds a variable, which Docker does not replace there. Write FROM $A AS name before, and --from=name.
                    ENV A | 'A' in ENV has no value. Write name=value, and quotes around a value with blanks.
                    ENV A=1 B | 'B' in ENV has no value. Write name=value, and quotes around a value with blanks.
                    EXPOSE 99999 | '99999' is not a port. Write 0 to 65535, as in 8080 or 53/udp.
                    USER | USER has no argument. Write one, or take the line out.
                    VOLUME ["a", ""] | a volume is empty. Write its path.
                    SHELL bash | SHELL is not a JSON array. Write it as in SHELL ["/bin/bash", "-c"].
                    HEALTHCHECK x | HEALTHCHECK 'x' is not known. Write HEALTHCHECK CMD command, or HEALTHCHECK NONE.
                    HEALTHCHECK --timeout=5 CMD x | '5' is not a duration. Write it as in --timeout=1m30s.
                    HEALTHCHECK --retries=x CMD x | 'x' is not a number of retries. Write it as in --retries=3.
                    ONBUILD FROM a | ONBUILD FROM is not allowed. Write it without ONBUILD.
                    """)
    void refusesWithTheLine(String instruction, String message) {
        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY one.txt /first", instruction))
                .hasMessage("Dockerfile line 3: " + message);
    }

    @Test
    void refusesToReplaceAFolderByAFile() {
        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY dir /d/one.txt", "COPY one.txt /d/"))
                .hasMessage("Dockerfile line 3: '/d/one.txt' is a folder and cannot be replaced by a file."
                        + " Copy to another place.");
    }

    @Test
    void refusesNamesThatDeleteFiles() throws IOException {
        sample.file("w/.wh.x", "");

        assertThatThrownBy(() -> sample.build("FROM scratch", "COPY w /"))
                .hasMessage("Dockerfile line 2: 'w/.wh.x' begins with '.wh.', which in a layer deletes a file."
                        + " Keep it out by .dockerignore, or rename it.");
    }

    @Test
    void refusesCompressionItCannotRead() throws IOException {
        sample.file("a.tar.bz2", "BZh91AY");

        assertThatThrownBy(() -> sample.build("FROM scratch", "ADD a.tar.bz2 /"))
                .hasMessage("Dockerfile line 2: ADD of a file compressed with bzip2 is beyond the daemonless builder."
                        + " Use the builder buildx or buildah.");
    }

    @Test
    void refusesABaseOfAnotherPlatform() throws IOException, InterruptedException {
        sample.base("ghcr.io/base/amd:1", "{}");
        BuildRequest request = sample.request("FROM --platform=linux/arm64 ghcr.io/base/amd:1");

        assertThatThrownBy(() -> sample.build(request))
                .hasMessage("ghcr.io/base/amd:1 is not there for linux/arm64, only for linux/amd64."
                        + " Take another base image, or leave that platform out.");
    }

    @Test
    void refusesAnImageThatWouldBeForAnotherPlatform() {
        assertThatThrownBy(() -> sample.build("FROM --platform=linux/s390x scratch"))
                .hasMessage("The image for linux/amd64 would be for linux/s390x, as its FROM has another --platform."
                        + " Take --platform from the FROM of the stage that is built.");
    }

    @Test
    void refusesAVariableThatNamesNoImage() {
        assertThatThrownBy(() -> sample.build("FROM $BASE"))
                .hasMessage("Dockerfile line 1: FROM $BASE names no image once its variables are replaced."
                        + " Declare the variable by ARG before the first FROM, with a default, or give it as a build"
                        + " argument.");
    }

    @Test
    void refusesAFolderAsBase() throws IOException {
        BuildRequest request = sample.request("FROM src")
                .withContexts(Map.of("src", new BuildContext.Folder(folder.resolve("context"))));

        assertThatThrownBy(() -> sample.build(request))
                .hasMessage("Dockerfile line 1: the context 'src' is a folder, and a stage begins with an image."
                        + " Write FROM scratch and COPY --from=src . /.");
    }

    @Test
    void saysWhereItLookedForTheDockerfile() {
        BuildRequest request = BuildRequest.of(folder, TWO);

        assertThatThrownBy(() -> sample.build(request))
                .hasMessage("There is no Dockerfile at " + folder
                        + "/Dockerfile. Give its path, relative to the context" + " or not.");
    }

    @Test
    void refusesABuildForNothing() {
        assertThatThrownBy(() -> BuildRequest.of(folder, List.of()))
                .hasMessage("No platform was given to build for. Give at least one, as in linux/amd64,linux/arm64.");
    }
}
