package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code buildMultiArch} in a job that gets its Pipeline from Git, each platform with a checkout of its own. */
class SourceTest {
    @TempDir
    private static Path home;

    @TempDir
    private Path folder;

    @AutoClose
    private static TwoArchitectures all;

    @BeforeAll
    static void startTheController() throws Exception {
        all = TwoArchitectures.startWithGit(home);
    }

    @Test
    void bothAreBuiltOfTheFirstRevisionThoughACommitCameBetween() throws Exception {
        GitRepository repository = GitRepository.init(folder);
        repository.write(
                "Dockerfile", "FROM " + all.base() + "\nRUN uname -m > /arch\nCOPY note /\nCMD [\"cat\", \"/note\"]\n");
        repository.write("Jenkinsfile", """
                def image = buildMultiArch image: '%s', builder: 'buildah', %s
                %s
                """.formatted(
                        all.newRepository(), TwoArchitectures.ARGUMENTS, TwoArchitectures.SAY_IMAGE));
        String first = commit(repository, "first");
        all.setOffline("arm64");

        all.client().begin("source", PipelineJob.fromGit(repository));
        all.await("source", "linux/amd64", "BUILT");
        String second = commit(repository, "second");
        all.setOnline("arm64");
        JenkinsClient.Build build = all.client().end("source");

        JsonNode image = build.said("IMAGE");
        assertThat(build.log()).contains("Checking out Revision " + second);
        assertThat(image.path("revision").asText()).isEqualTo(first);
        for (String platform : TwoArchitectures.PLATFORMS) {
            assertThat(new Published(image.path("reference").asText()).run(platform))
                    .isEqualTo("first");
        }
    }

    private String commit(GitRepository repository, String note) throws Exception {
        repository.write("note", note);
        return repository.commit(note);
    }
}
