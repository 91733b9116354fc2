package io.jenkins.plugins.multiarch.steps;

import static io.jenkins.plugins.multiarch.steps.SignedStatements.statements;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What provenance says went into an image, whatever a script does. */
@WithJenkins
class ProvenancePipelineTest {
    private JenkinsRule j;
    private FakeRegistry registry;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addKey("release-key");
        registry = FakeRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private JsonNode definition(Digest image) throws Exception {
        return statements(registry, image, PredicateTypes.PROVENANCE)
                .get(0)
                .predicateJson()
                .path("buildDefinition");
    }

    @Test
    void namesBaseImagesByTheDigestThatTheRegistryServes() throws Exception {
        Pipelines.succeeds(j, """
                node('built-in') {
                    writeFile file: 'base/Dockerfile', text: 'FROM scratch\\nCOPY Dockerfile /base\\n'
                    buildMultiArch image: '%1$s', context: 'base', platforms: ['linux/arm64'], builder: 'daemonless',
                        tags: ['1']
                    writeFile file: 'out/app', text: 'x'
                    writeFile file: 'Dockerfile', text: 'FROM %1$s:1\\nCOPY --from=artifacts arm64/app /\\n'
                    def app = buildMultiArch image: '%2$s', platforms: ['linux/arm64'], builder: 'daemonless',
                        prebuilt: ['linux/arm64': 'out'], tags: ['1.0']
                    attest image: app.reference, keyCredentialsId: 'release-key'
                }
                """.formatted(registry.repository("acme/base"), registry.repository("acme/app")));

        Digest app = registry.tagged("acme/app", "1.0").orElseThrow();
        Digest base = registry.tagged("acme/base", "1").orElseThrow();
        JsonNode definition = definition(app);
        assertThat(definition.path("resolvedDependencies"))
                .hasToString("""
                        [{"name":"base image %1$s:1","uri":"pkg:docker/%1$s@1?platform=linux%%2Farm64",\
                        "digest":{"sha256":"%2$s"}},{"name":"prebuilt program arm64/app","digest":{"sha256":\
                        "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"}}]""".formatted(registry.repository("acme/base"), base.hex()));
        assertThat(definition.at("/internalParameters/platforms/0/digest").asText())
                .startsWith("sha256:");
    }

    @Test
    void saysWhatTheTestsOfTheBuildCameTo() throws Exception {
        Digest image = registry.addImage("acme/app", "1.0", "linux/amd64").digest();

        var build = Pipelines.succeeds(j, """
                node('built-in') {
                    writeFile file: 'a.xml', text: '<testsuite name="a"><testcase classname="acme.AppTest" name="starts"/>' +
                        '<testcase classname="acme.AppTest" name="stops"><skipped/></testcase></testsuite>'
                    junit 'a.xml'
                    writeFile file: 'b.xml', text: '<testsuite name="b"><testcase classname="acme.WebTest" name="answers"/></testsuite>'
                    junit 'b.xml'
                }
                attest image: '%s:1.0', testResults: true, provenance: false, sign: false, keyCredentialsId: 'release-key'
                """.formatted(registry.repository("acme/app")));

        assertThat(statements(registry, image, PredicateTypes.TEST_RESULT))
                .singleElement()
                .extracting(statement -> statement.predicateJson().toString())
                .isEqualTo("""
                        {"result":"PASSED","configuration":[{"uri":"%1$sjob/release/"}],\
                        "url":"%1$s%2$stestReport/","passedTests":["acme.AppTest.starts","acme.WebTest.answers"],\
                        "warnedTests":[],"failedTests":[],"multiarch_counts":{"passed":2,"failed":0,"skipped":1}}""".formatted(j.getURL(), build.getUrl()));
    }

    @Test
    void refusesToAttestResultsThatAreNotThere() throws Exception {
        registry.addImage("acme/app", "1.0", "linux/amd64");

        var build = Pipelines.isRefused(
                j,
                "attest image: '%s:1.0', testResults: true, keyCredentialsId: 'release-key'"
                        .formatted(registry.repository("acme/app")));

        j.assertLogContains(
                "attest was told to attest the results of tests, and this build has none so far. Call junit before it, or"
                        + " leave testResults out.",
                build);
    }
}
