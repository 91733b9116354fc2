package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An administrator who saves what is refused is told what it is, and loses nothing. */
@WithJenkins
class RefusedConfigurationTest {
    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) {
        j = rule;
        MultiArchConfiguration.get().setRegistries(List.of(new RegistryConfiguration("ghcr.io")));
        MultiArchConfiguration.get().setAgents(List.of(new AgentConfiguration("linux/arm64", "arch-arm64")));
    }

    private HtmlForm form() throws Exception {
        JenkinsRule.WebClient browser = j.createWebClient();
        browser.setThrowExceptionOnFailingStatusCode(false);
        return browser.goTo("configure").getFormByName("config");
    }

    private void isRefused(HtmlForm form, String message) throws Exception {
        HtmlPage page = j.submit(form);

        WebResponse answer = page.getWebResponse();
        assertThat(page.asNormalizedText()).contains(message);
        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(answer.getContentAsString()).doesNotContain("\tat ");
        assertThat(MultiArchConfiguration.get().getPolicy()).isNull();
        assertThat(MultiArchConfiguration.get().getRegistries())
                .extracting(RegistryConfiguration::getHost)
                .containsExactly("ghcr.io");
        assertThat(MultiArchConfiguration.get().agentLabels().labels()).containsOnlyKeys("linux/arm64");
    }

    @Test
    void isToldWhatIsWrongWithAPolicy() throws Exception {
        HtmlForm form = form();
        form.<HtmlTextArea>getFirstByXPath(".//textarea[@name='_.policy']").setText("require: [{type: provenance}]");

        isRefused(form, "The policy is not understood");
    }

    @Test
    void isToldWhatIsWrongWithAnAgent() throws Exception {
        HtmlForm form = form();
        form.getInputsByValue("linux/arm64").get(0).setValue("arm 64");

        isRefused(form, "'arm 64' in agents is no platform.");
    }

    @Test
    void isToldWhatIsWrongWithARegistry() throws Exception {
        HtmlForm form = form();
        form.getInputsByValue("ghcr.io").get(0).setValue("https://ghcr.io");

        isRefused(form, "'https://ghcr.io' is not the host of a registry.");
    }
}
