package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.ui.PromotionRecord;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
import io.jenkins.plugins.multiarch.ui.TagRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Promotions and rollbacks whose receipts a key signs, with the document of a channel. */
@WithJenkins
class SignedReceiptsPipelineTest {
    private final FakeRegistry registry = FakeRegistry.start();
    private final String app = registry.repository("acme/app").toString();
    private final String channel = registry.repository("acme/metadata") + ":prod";

    private JenkinsRule j;
    private Manifest old;
    private Manifest image;

    @BeforeEach
    void publish(JenkinsRule rule) throws Exception {
        j = rule;
        Pipelines.addKey("release-key");
        old = Pipelines.released(registry, "acme/app", "1.4.1", "1.4.1", "");
        image = Pipelines.released(registry, "acme/app", "1.4.2", "1.4.2", "");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static String key(String name) {
        return new String(SampleKeys.file(name), StandardCharsets.US_ASCII);
    }

    private String promotions() {
        return """
                def release = [tags: ['stable'], channel: '%2$s', receiptKeyCredentialsId: 'release-key']
                promoteTag(release + [image: '%1$s:1.4.1'])
                def promoted = promoteTag(release + [image: '%1$s:1.4.2'])
                echo "PROMOTED ${promoted.release} ${promoted.unrecorded} ${promoted.tags.collect { it.tag }}"
                """.formatted(app, channel);
    }

    @Test
    void aRollbackGoesByTheReceiptsOfAKey() throws Exception {
        WorkflowRun build = Pipelines.succeeds(j, promotions() + """
                try {
                    rollbackTag image: '%1$s', tags: ['stable'], to: 'previous', receiptsOf: '''%2$s'''
                    error 'it went back'
                } catch (e) { echo "REFUSED ${e.message}" }
                def back = rollbackTag(release + [image: '%1$s', to: 'previous', receiptsOf: '''%3$s'''])
                echo "BACK ${back}"
                """.formatted(app, key("p384.pub"), key("p256.pub")));

        j.assertLogContains("[] [stable, prod, channels]", build);
        j.assertLogContains("REFUSED ", build);
        j.assertLogContains("BACK " + app + "@" + old.digest(), build);
        assertThat(registry.tagged("acme/app", "stable")).contains(old.digest());
        assertThat(registry.tagged("acme/metadata", "prod")).isPresent();
        assertThat(SignedStatements.statements(registry, image.digest(), PredicateTypes.VERIFICATION_SUMMARY))
                .hasSize(1);
        assertThat(SignedStatements.statements(registry, old.digest(), PredicateTypes.VERIFICATION_SUMMARY))
                .hasSize(2);
    }

    @Test
    void theBuildRemembersWhatMoved() throws Exception {
        WorkflowRun build = Pipelines.succeeds(j, promotions() + """
                promoteTag(release + [image: '%1$s:1.4.2', plan: true])
                rollbackTag(release + [image: '%1$s', to: 'previous'])
                """.formatted(app));

        ReleaseAction action = build.getAction(ReleaseAction.class);
        assertThat(action.getPromotions())
                .extracting(PromotionRecord::getKind)
                .containsExactly("promotion", "promotion", "rollback");
        PromotionRecord back = action.getPromotions().get(2);
        assertThat(back.getBackTo()).isEqualTo("previous");
        assertThat(back.getChannel()).isEqualTo(channel);
        assertThat(back.isSigned()).isTrue();
        assertThat(back.getRelease()).startsWith("sha256:");
        TagRecord stable = back.getTags().get(0);
        assertThat(stable.getTag()).isEqualTo("stable");
        assertThat(stable.getPrevious()).isEqualTo(image.digest().toString());
        assertThat(stable.getDigest()).isEqualTo(old.digest().toString());
    }

    @Test
    void nothingMovesWithoutTheKeyThatIsToSign() throws Exception {
        registry.clearRequests();

        WorkflowRun build = Pipelines.isRefused(
                j, "promoteTag image: '" + app + ":1.4.2', tags: ['stable'], receiptKeyCredentialsId: 'other-key'");

        j.assertLogContains(
                "Credentials 'other-key' to sign with were not found: release may use none with this id.", build);
        assertThat(registry.requests()).isEmpty();
        assertThat(build.getAction(ReleaseAction.class)).isNull();
    }

    @Test
    void nothingMovesWhereTheKeyCannotBeRead() throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(new BrokenFile());

        WorkflowRun build = Pipelines.isRefused(
                j, "promoteTag image: '" + app + ":1.4.2', tags: ['stable'], receiptKeyCredentialsId: 'broken'");

        j.assertLogContains(
                "The key of the credentials 'broken' could not be read: IOException the disk is gone. Check that Jenkins can"
                        + " read its own credentials, or give the key anew.",
                build);
        assertThat(registry.tagged("acme/app", "stable")).isEmpty();
    }

    /** A file whose content is lost. */
    private static final class BrokenFile extends BaseStandardCredentials implements FileCredentials {
        private static final long serialVersionUID = 1L;

        BrokenFile() {
            super(CredentialsScope.GLOBAL, "broken", "");
        }

        @Override
        public String getFileName() {
            return "release.pem";
        }

        @Override
        public InputStream getContent() throws IOException {
            throw new IOException("the disk is gone");
        }
    }
}
