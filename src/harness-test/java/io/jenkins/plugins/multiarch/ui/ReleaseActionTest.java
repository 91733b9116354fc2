package io.jenkins.plugins.multiarch.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.thoughtworks.xstream.io.WriterWrapper;
import com.thoughtworks.xstream.io.xml.PrettyPrintWriter;
import hudson.util.XStream2;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.MovedTag;
import io.jenkins.plugins.multiarch.promote.PromotedTags;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.xml.sax.SAXException;

/** What is known of the release of a build, as it is saved and shown. */
@WithJenkins
class ReleaseActionTest {
    private static final Digest BEFORE = Digest.sha256(new byte[] {1});
    private static final Digest AFTER = Digest.sha256(new byte[] {2});

    private JenkinsRule j;
    private ReleaseAction action;

    @BeforeEach
    void build(JenkinsRule rule) throws Exception {
        j = rule;
        WorkflowJob job = j.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition("", true));
        action = ReleaseAction.of(j.buildAndAssertSuccess(job));
    }

    private void waiting(String platform) {
        try {
            action.record(platform, PlatformRecord.waiting("acme/app", platform));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isSavedWhileItIsChanged() {
        waiting("linux/amd64");
        waiting("linux/arm64");
        action.claimCache("acme/cache:one", "1");
        action.claimCache("acme/cache:two", "1");
        StringWriter saved = new StringWriter();

        new XStream2().marshal(action, new WriterWrapper(new PrettyPrintWriter(saved)) {
            @Override
            @SuppressWarnings("rawtypes")
            public void startNode(String name, Class type) {
                super.startNode(name, type);
                if (name.equals("entry")) {
                    waiting("linux/s390x");
                    action.claimCache("acme/cache:three", "1");
                }
            }
        });

        assertThat(saved.toString()).contains("linux/amd64", "linux/arm64", "acme/cache:one", "acme/cache:two");
    }

    /** What moved, with all that there is to say. */
    private void promoted() throws IOException {
        Repository repository = Repository.parse("ghcr.io/acme/app");
        PromotedTags done = new PromotedTags(
                List.of(
                        new MovedTag(repository, new Tag("stable"), Optional.of(BEFORE), AFTER, true),
                        new MovedTag(repository, new Tag("1.4.2"), Optional.empty(), AFTER, true),
                        new MovedTag(
                                repository, new Tag("latest"), Optional.of(BEFORE), BEFORE, false, "1.5.0 is higher")),
                "",
                List.of("The mirror docker.io/acme/ stays behind: it <b>refuses</b>."),
                Optional.of(Digest.sha256(new byte[] {3})),
                List.of("No receipt was left in ghcr.io/acme/app: denied"));
        action.record(new PromotionRecord(PromotionRecord.Kind.ROLLBACK, 1_700_000_000_000L, done)
                .mirrored(List.of("docker.io/acme/"))
                .channelled("ghcr.io/acme/metadata:prod")
                .backTo("1.4.2")
                .signed(true));
        action.record(new PromotionRecord(
                PromotionRecord.Kind.PROMOTION,
                1_700_000_000_000L,
                new PromotedTags(
                        List.of(new MovedTag(
                                repository, new Tag("dev"), Optional.of(BEFORE), AFTER, false, "superseded")),
                        "1.5.0 (" + AFTER + ")",
                        List.of())));
    }

    @Test
    void showsWhatMovedOnThePage() throws Exception {
        promoted();

        String page = j.createWebClient()
                .withJavaScriptEnabled(false)
                .goTo("job/release/1/multiarch/")
                .getWebResponse()
                .getContentAsString();

        assertThat(page)
                .contains("Rollback to 1.4.2")
                .contains("ghcr.io/acme/app:stable</code>", "ghcr.io/acme/app:1.4.2</code>")
                .contains("title=\"" + BEFORE + "\"", "title=\"" + AFTER + "\"")
                .contains(
                        ">" + BEFORE.toString().substring(0, 19),
                        ">" + AFTER.toString().substring(0, 19))
                .contains(">moved<", ">added<", ">kept: 1.5.0 is higher<")
                .contains("ghcr.io/acme/metadata:prod</code>", "docker.io/acme/</code>")
                .contains("The mirror docker.io/acme/ stays behind: it &lt;b")
                .doesNotContain("<b>refuses")
                .contains("Its receipts are signed, and call the release")
                .contains("No receipt was left in ghcr.io/acme/app: denied")
                .contains("No tag moved: superseded by 1.5.0 (" + AFTER + ").");
    }

    @Test
    void saysTheSameInTheApiAndInReleaseJson() throws Exception {
        waiting("linux/amd64");
        promoted();

        JsonNode api = json("job/release/1/multiarch/api/json");

        assertThat(json("job/release/1/multiarch/release.json")).isEqualTo(api);
        assertThat(api.path("version").asInt()).isEqualTo(1);
        assertThat(api.at("/platforms/0/platform").asText()).isEqualTo("linux/amd64");
        JsonNode rollback = api.at("/promotions/0");
        assertThat(rollback.path("kind").asText()).isEqualTo("rollback");
        assertThat(rollback.path("backTo").asText()).isEqualTo("1.4.2");
        assertThat(rollback.path("channel").asText()).isEqualTo("ghcr.io/acme/metadata:prod");
        assertThat(rollback.at("/mirrors/0").asText()).isEqualTo("docker.io/acme/");
        assertThat(rollback.path("signed").asBoolean()).isTrue();
        assertThat(rollback.path("release").asText()).startsWith("sha256:");
        assertThat(rollback.at("/tags/0/previous").asText()).isEqualTo(BEFORE.toString());
        assertThat(rollback.at("/tags/0/digest").asText()).isEqualTo(AFTER.toString());
        assertThat(rollback.at("/tags/0/changed").asBoolean()).isTrue();
        assertThat(rollback.at("/tags/2/reason").asText()).isEqualTo("1.5.0 is higher");
        assertThat(api.at("/promotions/1/supersededBy").asText()).startsWith("1.5.0 (");
        assertThat(api.at("/promotions/1/signed").asBoolean()).isFalse();
    }

    @Test
    void isThereAgainWhenTheBuildIsLoaded() throws Exception {
        promoted();
        JsonNode before = json("job/release/1/multiarch/release.json");

        j.jenkins.reload();

        assertThat(json("job/release/1/multiarch/release.json")).isEqualTo(before);
    }

    private JsonNode json(String path) throws IOException, SAXException {
        byte[] body = j.createWebClient()
                .goTo(path, "application/json")
                .getWebResponse()
                .getContentAsString()
                .getBytes(StandardCharsets.UTF_8);
        return Json.read(body, "The answer");
    }
}
