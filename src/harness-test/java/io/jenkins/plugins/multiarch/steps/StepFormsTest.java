package io.jenkins.plugins.multiarch.steps;

import java.util.List;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class StepFormsTest {
    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addCredentials("ghcr", "robot");
        Pipelines.addKey("release-key");
        Pipelines.addText("key-password");
    }

    @Test
    void verifyImage() throws Exception {
        VerifyImageStep step = new VerifyImageStep("ghcr.io/acme/app:1.4.2");
        step.setPolicyFile("release-policy.yaml");
        roundTrip(step, "verifyImage image: 'ghcr.io/acme/app:1.4.2', policyFile: 'release-policy.yaml'");

        step.setPolicyFile(null);
        step.setPolicy("{}");
        step.setTrustedRoot("trusted_root.json");
        step.setFailBuild(false);
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                "verifyImage credentialsId: 'ghcr', failBuild: false, image: 'ghcr.io/acme/app:1.4.2', policy: '{}',"
                        + " trustedRoot: 'trusted_root.json'");
    }

    @Test
    void verifyImageByTextsOfSeveralLines() throws Exception {
        VerifyImageStep step = new VerifyImageStep("ghcr.io/acme/app:1.4.2");
        step.setKey("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----");
        roundTrip(
                step,
                "verifyImage image: 'ghcr.io/acme/app:1.4.2', key: '''-----BEGIN PUBLIC KEY-----\nAAAA\n-----END"
                        + " PUBLIC KEY-----'''");

        step.setKey(null);
        step.setPolicy("trust:\n  - key: x\nrequire:\n  - type: any");
        roundTrip(
                step,
                "verifyImage image: 'ghcr.io/acme/app:1.4.2', policy: '''trust:\n  - key: x\nrequire:\n  - type:"
                        + " any'''");
    }

    @Test
    void attest() throws Exception {
        AttestStep step = new AttestStep();
        step.setImage("ghcr.io/acme/app:1.4.2");
        step.setCredentialsId("ghcr");
        roundTrip(step, "attest credentialsId: 'ghcr', image: 'ghcr.io/acme/app:1.4.2'");

        step.setKeyCredentialsId("release-key");
        step.setKeyPasswordCredentialsId("key-password");
        roundTrip(
                step,
                "attest credentialsId: 'ghcr', image: 'ghcr.io/acme/app:1.4.2', keyCredentialsId: 'release-key',"
                        + " keyPasswordCredentialsId: 'key-password'");

        step.setProvenance(false);
        step.setSign(false);
        step.setTestResults(true);
        step.setVerification(true);
        step.setSboms(List.of("linux/arm64=sbom-arm64.json", "sbom.json"));
        step.setScans(List.of("scan.json"));
        step.setPredicates(List.of("https://example.com/review/v1=review.json"));
        step.setFormat("both");
        step.setTokenCredentialsId("sigstore-token");
        roundTrip(
                step,
                "attest credentialsId: 'ghcr', format: 'both', image: 'ghcr.io/acme/app:1.4.2', keyCredentialsId: 'release-key',"
                        + " keyPasswordCredentialsId: 'key-password', predicates: ['https://example.com/review/v1=review.json'], provenance: false, sboms:"
                        + " ['linux/arm64=sbom-arm64.json', 'sbom.json'], scans: ['scan.json'], sign: false, testResults:"
                        + " true, tokenCredentialsId: 'sigstore-token', verification: true");

        step = new AttestStep();
        step.setImages(List.of("ghcr.io/acme/app:1.4.2", "ghcr.io/acme/tools:1.4.2"));
        step.setKeyCredentialsId("release-key");
        roundTrip(
                step,
                "attest images: ['ghcr.io/acme/app:1.4.2', 'ghcr.io/acme/tools:1.4.2'], keyCredentialsId:"
                        + " 'release-key'");
    }

    @Test
    void attestFiles() throws Exception {
        AttestStep step = new AttestStep();
        step.setFiles(List.of("build/app.tar", "install.sh"));
        step.setCredentialsId("ghcr");

        roundTrip(step, "attest credentialsId: 'ghcr', files: ['build/app.tar', 'install.sh']");
    }

    @Test
    void buildMultiArch() throws Exception {
        BuildMultiArchStep step = new BuildMultiArchStep("ghcr.io/acme/app");
        roundTrip(step, "buildMultiArch 'ghcr.io/acme/app'");

        step.setPlatforms(List.of("linux/amd64", "linux/arm64"));
        step.setAgents(List.of("linux/arm64=arch-arm64", "default=linux"));
        step.setTags(List.of("1.4.2"));
        step.setCredentialsId("ghcr");
        String first = "agents: ['linux/arm64=arch-arm64', 'default=linux'], ";
        String last =
                "credentialsId: 'ghcr', image: 'ghcr.io/acme/app', platforms: ['linux/amd64', 'linux/arm64'], tags:"
                        + " ['1.4.2']";
        roundTrip(step, "buildMultiArch " + first + last);
    }

    @Test
    void buildMultiArchOfWhat() throws Exception {
        BuildMultiArchStep step = new BuildMultiArchStep("ghcr.io/acme/app");
        step.setSource("stash:source");
        step.setContext("app");
        step.setDockerfile("app/Dockerfile.release");
        step.setTarget("runtime");
        roundTrip(
                step,
                "buildMultiArch context: 'app', dockerfile: 'app/Dockerfile.release', image: 'ghcr.io/acme/app', source:"
                        + " 'stash:source', target: 'runtime'");

        step = new BuildMultiArchStep("ghcr.io/acme/app");
        step.setBuildArgs(List.of("VERSION=1.4", "MODE=x=y"));
        step.setSecrets(List.of("npm=npm-token"));
        step.setContexts(List.of("assets=build/assets"));
        step.setBaseImages(List.of("base=ghcr.io/acme/base@sha256:0"));
        step.setPrebuilt(List.of("linux/amd64=out/amd64"));
        step.setLabels(List.of("a=b"));
        step.setAnnotations(List.of("index:c=d"));
        step.setSourceDateEpoch(1_700_000_000L);
        roundTrip(
                step,
                "buildMultiArch annotations: ['index:c=d'], baseImages: ['base=ghcr.io/acme/base@sha256:0'], buildArgs:"
                        + " ['VERSION=1.4', 'MODE=x=y'], contexts: ['assets=build/assets'], image: 'ghcr.io/acme/app',"
                        + " labels: ['a=b'], prebuilt: ['linux/amd64=out/amd64'], secrets: ['npm=npm-token'],"
                        + " sourceDateEpoch: 1700000000");
    }

    @Test
    void buildMultiArchHow() throws Exception {
        BuildMultiArchStep step = new BuildMultiArchStep("ghcr.io/acme/app");
        step.setBuilder("buildah");
        step.setNetwork("none");
        step.setFresh(true);
        step.setEmulate(true);
        roundTrip(
                step,
                "buildMultiArch builder: 'buildah', emulate: true, fresh: true, image: 'ghcr.io/acme/app', network:"
                        + " 'none'");

        step = new BuildMultiArchStep("ghcr.io/acme/app");
        BuildCache cache = new BuildCache("ghcr.io/acme/cache");
        step.setCache(cache);
        roundTrip(step, "buildMultiArch cache: [reference: 'ghcr.io/acme/cache'], image: 'ghcr.io/acme/app'");

        cache.setMode("min");
        cache.setRead(false);
        cache.setWrite(false);
        roundTrip(
                step,
                "buildMultiArch cache: [mode: 'min', read: false, reference: 'ghcr.io/acme/cache', write: false], image:"
                        + " 'ghcr.io/acme/app'");
    }

    @Test
    void buildMultiArchWhereAndWhatFor() throws Exception {
        BuildMultiArchStep step = new BuildMultiArchStep("ghcr.io/acme/app");
        step.setOnUnavailable("skip");
        step.setWaitMinutes(5);
        step.setOptionalPlatforms(List.of("linux/arm64"));
        step.setRetries(0);
        step.setAtOnce(4);
        step.setFailFast(true);
        roundTrip(
                step,
                "buildMultiArch atOnce: 4, failFast: true, image: 'ghcr.io/acme/app', onUnavailable: 'skip',"
                        + " optionalPlatforms: ['linux/arm64'], retries: 0, waitMinutes: 5");

        step = new BuildMultiArchStep("ghcr.io/acme/{runtime}");
        step.setVariants(List.of("runtime=slim python=3.12", "runtime=full python=3.12"));
        step.setOutputs(List.of("registry", "oci-archive:app-{runtime}"));
        step.setPublish(false);
        step.setExpectedPlatforms(List.of("linux/amd64"));
        roundTrip(
                step,
                "buildMultiArch expectedPlatforms: ['linux/amd64'], image: 'ghcr.io/acme/{runtime}', outputs:"
                        + " ['registry', 'oci-archive:app-{runtime}'], publish: false, variants: ['runtime=slim"
                        + " python=3.12', 'runtime=full python=3.12']");

        step.setPublish(true);
        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
    }

    @Test
    void publishIndex() throws Exception {
        PublishIndexStep step = new PublishIndexStep("ghcr.io/acme/app", List.of("linux/amd64=a", "linux/arm64=b"));
        roundTrip(step, "publishIndex image: 'ghcr.io/acme/app', images: ['linux/amd64=a', 'linux/arm64=b']");

        step.setTags(List.of("1.0", "latest"));
        step.setImmutableTags(true);
        step.setAppend("ghcr.io/acme/app:0.9");
        step.setExpectedPlatforms(List.of("linux/amd64"));
        step.setAnnotations(List.of("a.b=c=d"));
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                "publishIndex annotations: ['a.b=c=d'], append: 'ghcr.io/acme/app:0.9', credentialsId: 'ghcr',"
                        + " expectedPlatforms: ['linux/amd64'], image: 'ghcr.io/acme/app', images: ['linux/amd64=a', 'linux/arm64=b'], immutableTags: true,"
                        + " tags: ['1.0', 'latest']");
    }

    @Test
    void digestGate() throws Exception {
        DigestGateStep step = new DigestGateStep("ghcr.io/acme/app:1.0");
        roundTrip(step, "digestGate 'ghcr.io/acme/app:1.0'");

        step.setMode("rootfs");
        step.setRecord("gate.json");
        step.setRequiredPlatforms(List.of("linux/amd64", "linux/arm64"));
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                "digestGate credentialsId: 'ghcr', image: 'ghcr.io/acme/app:1.0', mode: 'rootfs', record: 'gate.json',"
                        + " requiredPlatforms: ['linux/amd64', 'linux/arm64']");

        step = new DigestGateStep("ghcr.io/acme/app:1.0");
        step.setVerify("gate.json");
        roundTrip(step, "digestGate image: 'ghcr.io/acme/app:1.0', verify: 'gate.json'");
    }

    @Test
    void stageImage() throws Exception {
        StageImageStep step = new StageImageStep("app", "ghcr.io/acme/app:1.0");
        roundTrip(step, "stageImage image: 'ghcr.io/acme/app:1.0', name: 'app'");

        step.setPlatforms(List.of("linux/amd64", "linux/arm64"));
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                "stageImage credentialsId: 'ghcr', image: 'ghcr.io/acme/app:1.0', name: 'app', platforms:"
                        + " ['linux/amd64', 'linux/arm64']");
    }

    @Test
    void unstageImage() throws Exception {
        UnstageImageStep step = new UnstageImageStep("app");
        step.setArchive("image.tar");
        roundTrip(step, "unstageImage archive: 'image.tar', name: 'app'");

        step.setFrom("acme/app");
        step.setBuild("42");
        step.setLayout("image");
        step.setImage("ghcr.io/acme/app");
        step.setTags(List.of("1.0", "stable"));
        step.setLoad("acme/app:test");
        step.setPlatform("linux/arm64");
        step.setCredentialsId("ghcr");
        roundTrip(
                step,
                "unstageImage archive: 'image.tar', build: '42', credentialsId: 'ghcr', from: 'acme/app', image:"
                        + " 'ghcr.io/acme/app', layout: 'image', load: 'acme/app:test', name: 'app', platform:"
                        + " 'linux/arm64', tags: ['1.0', 'stable']");
    }

    private <S extends org.jenkinsci.plugins.workflow.steps.Step> void roundTrip(S step, String snippet)
            throws Exception {
        j.assertEqualDataBoundBeans(step, new StepConfigTester(j).configRoundTrip(step));
        new SnippetizerTester(j).assertRoundTrip(step, snippet);
    }
}
