package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.FormValidation;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlElementUtil;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The button that asks a registry what it does. */
@WithJenkins
class RegistryExaminationTest {
    private final FakeRegistry fake =
            FakeRegistry.builder().withBasicAuth("ada", "s3cret-of-ada").start();
    private JenkinsRule j;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "ada", "", "ada", "s3cret-of-ada"));
    }

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    void readsOnlyWhereNoRepositoryIsGiven() throws Exception {
        FormValidation answer = examined("ada", "");

        assertThat(answer.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(answer.renderHtml()).contains("asks for basic.").contains("yes  referrers API");
        assertThat(fake.requests()).noneMatch(request -> request.method().equals("PUT"));
    }

    @Test
    void triesOutTheRepositoryThatIsGiven() throws Exception {
        FormValidation answer = examined("ada", "acme/scratch");

        assertThat(answer.renderHtml()).contains("yes  removal of tags").doesNotContain("s3cret");
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        assertThat(examined("nobody", "").getMessage())
                .isEqualTo("No credentials of the kind &#039;Username with password&#039; have the id"
                        + " &#039;nobody&#039; for " + fake.address()
                        + ". Choose some that exist, and look whether their domain includes the registry.");
        assertThat(examined("", "acme/scratch").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor().doCheckScratch("Acme/Scratch").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor().doCheckScratch("acme/scratch").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void isForAdministratorsAlone() throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("reader"));
        String examine = "descriptorByName/" + RegistryConfiguration.class.getName() + "/examine";
        try (JenkinsRule.WebClient browser = j.createWebClient().login("reader")) {
            browser.setThrowExceptionOnFailingStatusCode(false);
            URL address = new URL(browser.createCrumbedUrl(examine) + "&host=" + fake.address());

            WebResponse answer =
                    browser.getPage(new WebRequest(address, HttpMethod.POST)).getWebResponse();

            assertThat(answer.getStatusCode()).isEqualTo(HttpURLConnection.HTTP_FORBIDDEN);
        }
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void isAButtonOfTheRegistry() throws Exception {
        RegistryConfiguration registry = new RegistryConfiguration(fake.address());
        registry.setCredentialsId("ada");
        MultiArchConfiguration.get().setRegistries(List.of(registry));
        try (JenkinsRule.WebClient browser = j.createWebClient()) {
            HtmlPage page = browser.goTo("configure");
            HtmlElement button = page.getFirstByXPath("//button[normalize-space(.)='Examine']");

            HtmlElementUtil.click(button);
            browser.waitForBackgroundJavaScript(10_000);

            assertThat(page.asNormalizedText()).contains(fake.address() + " speaks registry/2.0 and asks for basic.");
        }
    }

    private FormValidation examined(String credentials, String scratch) throws Exception {
        return descriptor().doExamine(fake.address(), credentials, "", false, scratch);
    }

    private RegistryConfiguration.DescriptorImpl descriptor() {
        return j.jenkins.getDescriptorByType(RegistryConfiguration.DescriptorImpl.class);
    }
}
