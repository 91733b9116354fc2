package io.jenkins.plugins.multiarch.ui;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class PlanPageTest {
    private static final String RULES = "{\"paths\": [\"src/**\"]}";

    private JenkinsRule j;
    private WorkflowJob job;

    @BeforeEach
    void plan(JenkinsRule rule) throws Exception {
        j = rule;
        job = j.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition("releasePlan ref: 'main', rules: '" + RULES + "'", true));
        j.buildAndAssertSuccess(job);
    }

    private HtmlPage asked(JenkinsRule.WebClient browser, Map<String, String> fields) throws Exception {
        HtmlForm form = browser.getPage(job, "multiarch-plan").getFormByName("ask");
        form.getSelectByName("cause").setSelectedAttribute(fields.get("cause"), true);
        form.getInputByName("ref").setValue(fields.get("ref"));
        form.getTextAreaByName("changed").setText(fields.get("changed"));
        return j.submit(form);
    }

    @Test
    void saysWhatABuildWouldDoByTheRulesOfTheLastOne() throws Exception {
        HtmlPage page = asked(
                j.createWebClient(), Map.of("ref", "refs/heads/main", "cause", "push", "changed", "docs/index.md"));

        assertThat(page.asNormalizedText())
                .contains("no file changed that matches src/**")
                .contains("the build is skipped");
        assertThat(page.getFormByName("ask").getTextAreaByName("rules").getText())
                .isEqualTo(RULES);
        assertThat(page.getFormByName("ask")
                        .getSelectByName("cause")
                        .getSelectedOptions()
                        .get(0)
                        .getValueAttribute())
                .isEqualTo("push");
        assertThat(job.getBuilds()).hasSize(1);
    }

    @Test
    void saysWhyItCannotSay() throws Exception {
        HtmlPage page = asked(j.createWebClient(), Map.of("ref", "refs/x", "cause", "timer", "changed", ""));

        assertThat(page.asNormalizedText())
                .contains("'refs/x' is not a ref that can be built. Write refs/heads/BRANCH");
    }

    @Test
    void isForThoseWhoMayStartBuilds() throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "builder")
                .grant(Item.BUILD)
                .everywhere()
                .to("builder"));
        JenkinsRule.WebClient reader = j.createWebClient().login("reader").withThrowExceptionOnFailingStatusCode(false);
        JenkinsRule.WebClient builder = j.createWebClient().login("builder");

        HtmlPage page = asked(builder, Map.of("ref", "main", "cause", "push", "changed", "src/a"));

        assertThat(page.asNormalizedText()).contains("src/a changed");
        assertThat(builder.getPage(job).asNormalizedText()).contains("Release plan");
        assertThat(reader.getPage(job).asNormalizedText()).doesNotContain("Release plan");
        assertThat(reader.getPage(job, "multiarch-plan").getWebResponse().getStatusCode())
                .isEqualTo(403);
        assertThat(builder.withThrowExceptionOnFailingStatusCode(false)
                        .goTo(job.getUrl() + "multiarch-plan/ask", null)
                        .getWebResponse()
                        .getStatusCode())
                .isIn(404, 405);
    }

    @Test
    void isNotOnJobsWhoseBuildsWereNotPlanned() throws Exception {
        WorkflowJob other = j.createProject(WorkflowJob.class, "other");
        other.setDefinition(new CpsFlowDefinition("echo 'built'", true));
        j.buildAndAssertSuccess(other);

        assertThat(other.getAction(PlanPage.class)).isNull();
    }
}
