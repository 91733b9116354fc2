package io.jenkins.plugins.multiarch.controller;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Pipeline job in the sandbox.
 *
 * @param definition where its script is from, as Jenkins keeps it
 * @param parameters texts by name, given to each build
 */
record PipelineJob(String definition, Map<String, String> parameters) {

    static PipelineJob of(String script) {
        return new PipelineJob("""
                <definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition">
                  <script>%s</script>
                  <sandbox>true</sandbox>
                </definition>
                """.formatted(escaped(script)), Map.of());
    }

    /** The {@code Jenkinsfile} of the branch {@code main} of a Git repository on this machine. */
    static PipelineJob fromGit(GitRepository repository) {
        return new PipelineJob("""
                <definition class="org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition">
                  <scm class="hudson.plugins.git.GitSCM">
                    <configVersion>2</configVersion>
                    <userRemoteConfigs>
                      <hudson.plugins.git.UserRemoteConfig><url>%s</url></hudson.plugins.git.UserRemoteConfig>
                    </userRemoteConfigs>
                    <branches>
                      <hudson.plugins.git.BranchSpec><name>*/main</name></hudson.plugins.git.BranchSpec>
                    </branches>
                  </scm>
                  <scriptPath>Jenkinsfile</scriptPath>
                  <lightweight>true</lightweight>
                </definition>
                """.formatted(repository.url()), Map.of());
    }

    PipelineJob with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new PipelineJob(definition, more);
    }

    /** The {@code config.xml} of the job. */
    String toXml() {
        String properties = parameters.entrySet().stream()
                .map(parameter -> """
                        <hudson.model.StringParameterDefinition>
                          <name>%s</name><defaultValue>%s</defaultValue>
                        </hudson.model.StringParameterDefinition>
                        """.formatted(parameter.getKey(), escaped(parameter.getValue())))
                .collect(Collectors.joining(
                        "",
                        "<hudson.model.ParametersDefinitionProperty><parameterDefinitions>",
                        "</parameterDefinitions></hudson.model.ParametersDefinitionProperty>"));
        return "<flow-definition><properties>" + (parameters.isEmpty() ? "" : properties) + "</properties>" + definition
                + "</flow-definition>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
