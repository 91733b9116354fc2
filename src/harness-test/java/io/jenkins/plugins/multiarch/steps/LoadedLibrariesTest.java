package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.attest.ResourceDescriptor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.libs.GlobalLibraries;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.SCMSourceRetriever;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class LoadedLibrariesTest {
    @TempDir
    private Path folder;

    private SampleRepository repository() throws Exception {
        SampleRepository repository = SampleRepository.in(folder.resolve("helpers"));
        repository.commit("vars/hello.groovy", "def call() { echo 'hello' }");
        return repository;
    }

    /** It could have the name of a library that everybody relies on. */
    @Test
    void tellsThatAScriptNamedWhatItBrought(JenkinsRule j) throws Exception {
        WorkflowRun build = Pipelines.succeeds(j, """
                library identifier: 'acme-security@main',
                    retriever: legacySCM(scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: '%s']]))
                hello()
                """.formatted(repository().url()));

        assertThat(LoadedLibraries.of(build))
                .containsExactly(new ResourceDescriptor(
                        "acme-security",
                        "jenkins-library:acme-security@main",
                        Map.of(),
                        Map.of("version", "main", "saidBy", "pipeline")));
    }

    @Test
    void tellsOfATrustedLibraryWhatTheConfigurationSays(JenkinsRule j) throws Exception {
        GlobalLibraries.get()
                .setLibraries(List.of(new LibraryConfiguration(
                        "helpers", new SCMSourceRetriever(repository().source()))));

        WorkflowRun build = Pipelines.succeeds(j, "@Library('helpers@main') _\nhello()");

        assertThat(LoadedLibraries.of(build))
                .containsExactly(new ResourceDescriptor(
                        "helpers", "jenkins-library:helpers@main", Map.of(), Map.of("version", "main")));
    }
}
