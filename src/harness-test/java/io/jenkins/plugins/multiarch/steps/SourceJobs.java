package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.scm.SCM;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;
import java.util.Objects;
import jenkins.branch.BranchSource;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowBranchProjectFactory;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jvnet.hudson.test.JenkinsRule;

/** Jobs called app, whose Pipeline is in a repository, and what their builds say of it. */
record SourceJobs(JenkinsRule j, SampleRepository app) {

    WorkflowJob job(SCM scm, boolean lightweight) throws Exception {
        CpsScmFlowDefinition definition = new CpsScmFlowDefinition(scm, "Jenkinsfile");
        definition.setLightweight(lightweight);
        WorkflowJob job = j.createProject(WorkflowJob.class, "app");
        job.setDefinition(definition);
        return job;
    }

    WorkflowMultiBranchProject branches(String path) throws Exception {
        WorkflowMultiBranchProject project = j.createProject(WorkflowMultiBranchProject.class, "app");
        ((WorkflowBranchProjectFactory) project.getProjectFactory()).setScriptPath(path);
        project.getSourcesList().add(new BranchSource(app.source()));
        Objects.requireNonNull(project.scheduleBuild2(0)).getFuture().get();
        j.waitUntilNoActivity();
        return project;
    }

    /** The parameters that people chose, and what went in. */
    static void says(WorkflowRun build, String asked, List<?> wentIn) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode definition = mapper.readTree(
                        BuildProvenance.of(build).ofFiles().predicate().json())
                .path("buildDefinition");
        assertThat(definition.path("externalParameters")).isEqualTo(mapper.readTree(asked.replace('\'', '"')));
        JsonNode dependencies = definition.path("resolvedDependencies");
        JsonNode expected = mapper.readTree(Json.write(mapper.valueToTree(wentIn)));
        assertThat(dependencies.isMissingNode() ? mapper.createArrayNode() : dependencies)
                .isEqualTo(expected);
    }
}
