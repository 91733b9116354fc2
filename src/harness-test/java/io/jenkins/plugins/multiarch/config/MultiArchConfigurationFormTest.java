package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.multiarch.attest.keyless.FakeSigstore;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.ByteArrayOutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class MultiArchConfigurationFormTest {
    private static final String DESCRIPTOR =
            "descriptorByName/io.jenkins.plugins.multiarch.config.RegistryConfiguration/";

    @TempDir
    private Path folder;

    private static String documented() throws Exception {
        return documented(1);
    }

    /** A block of YAML in the page that explains it, counted from 1. */
    static String documented(int number) throws Exception {
        String page = Files.readString(Path.of(System.getProperty("basedir", "."), "docs/configuration.md"));
        return page.split("```yaml\n", -1)[number].split("```", 2)[0];
    }

    private static List<String> shown(List<RegistryConfiguration> registries) {
        return registries.stream()
                .map(r -> r.getHost() + " " + r.getCredentialsId() + " " + r.isPlainHttp() + " " + r.getCertificate())
                .toList();
    }

    @Test
    void isReadFromTheYamlInItsDocumentation(JenkinsRule j) throws Exception {
        Path yaml = Files.writeString(folder.resolve("jenkins.yaml"), documented());

        ConfigurationAsCode.get().configure(yaml.toString());

        assertThat(shown(MultiArchConfiguration.get().getRegistries()))
                .containsExactly(
                        "ghcr.io ghcr false null",
                        "docker.io dockerhub false null",
                        "registry.test:5000 null true null");
        assertThat(MultiArchConfiguration.get().agentLabels().labels())
                .containsOnly(
                        Map.entry("linux/amd64", "arch-amd64"),
                        Map.entry("linux/arm64", "arch-arm64 && docker"),
                        Map.entry("default", "linux"));
    }

    @Test
    void isExportedAsItWasRead(JenkinsRule j) throws Exception {
        Path yaml = Files.writeString(folder.resolve("jenkins.yaml"), documented());
        ConfigurationAsCode.get().configure(yaml.toString());

        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);

        assertThat(exported.toString(StandardCharsets.UTF_8))
                .contains(documented().substring("unclassified:\n".length()));
    }

    @Test
    void keepsWhatItsFormShows(JenkinsRule j) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "robot", "", "robot", "secret-1234567"));
        RegistryConfiguration registry = new RegistryConfiguration("registry.acme.com:5000");
        registry.setCredentialsId("robot");
        registry.setPlainHttp(true);
        try (FakeRegistry fake = FakeRegistry.builder().withTls().start()) {
            registry.setCertificate(fake.authority());
        }
        MultiArchConfiguration.get().setRegistries(List.of(registry, new RegistryConfiguration("ghcr.io")));
        List<String> before = shown(MultiArchConfiguration.get().getRegistries());

        j.configRoundtrip();

        assertThat(shown(MultiArchConfiguration.get().getRegistries())).containsExactlyElementsOf(before);
    }

    @Test
    void keepsTheAgentsThatItsFormShows(JenkinsRule j) throws Exception {
        MultiArchConfiguration.get()
                .setAgents(List.of(
                        new AgentConfiguration("linux/arm64", "arch-arm64 && docker"),
                        new AgentConfiguration("default", "linux")));

        j.configRoundtrip();

        assertThat(MultiArchConfiguration.get().agentLabels().labels())
                .containsOnly(Map.entry("linux/arm64", "arch-arm64 && docker"), Map.entry("default", "linux"));
    }

    @Test
    void keepsWhomToTrust(JenkinsRule j) throws Exception {
        MultiArchConfiguration configuration = MultiArchConfiguration.get();
        try (FakeSigstore sigstore = new FakeSigstore()) {
            configuration.setTrustedRoot(new String(sigstore.trustedRoot(), StandardCharsets.UTF_8));
            configuration.setSigningConfig(new String(sigstore.signingConfig(), StandardCharsets.UTF_8));
        }
        configuration.setPolicy("trust: [{subject: a, issuer: b}]\nrequire: [{type: provenance}]\n");
        String policy = configuration.getPolicy();
        String root = configuration.getTrustedRoot();
        String services = configuration.getSigningConfig();

        j.configRoundtrip();

        assertThat(configuration.getTrustedRoot()).isEqualTo(root);
        assertThat(configuration.getSigningConfig()).isEqualTo(services);
        assertThat(configuration.getPolicy()).isEqualTo(policy);
    }

    @Test
    void saysWhatIsWrongWithWhomToTrust(JenkinsRule j) {
        MultiArchConfiguration configuration = MultiArchConfiguration.get();

        assertThat(configuration.doCheckPolicy("require: [{type: provenance}]").getMessage())
                .contains("trust");
        assertThat(configuration.doCheckTrustedRoot("{}").getMessage()).contains("The trusted root cannot be used");
        assertThat(configuration.doCheckSigningConfig("{}").getMessage()).contains("The signing config cannot be used");
        assertThat(configuration.doCheckPolicy("").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void readsWhomToTrustFromFilesAsDocumented(JenkinsRule j) throws Exception {
        Path root = folder.resolve("trusted_root.json");
        Path services = folder.resolve("signing_config.json");
        try (FakeSigstore sigstore = new FakeSigstore()) {
            Files.write(root, sigstore.trustedRoot());
            Files.write(services, sigstore.signingConfig());
        }
        Path yaml = Files.writeString(
                folder.resolve("jenkins.yaml"),
                documented(2)
                        .replace("/etc/sigstore/trusted_root.json", root.toString())
                        .replace("/etc/sigstore/signing_config.v0.2.json", services.toString()));

        ConfigurationAsCode.get().configure(yaml.toString());

        assertThat(MultiArchConfiguration.get().getTrustedRoot()).isEqualTo(Files.readString(root));
        assertThat(MultiArchConfiguration.get().getSigningConfig()).isEqualTo(Files.readString(services));
        assertThat(MultiArchConfiguration.get().verificationPolicy()).isPresent();
    }

    @Test
    void tellsNothingOfWhomToTrustToOthers(JenkinsRule j) throws Exception {
        String check = "descriptorByName/" + MultiArchConfiguration.class.getName() + "/checkPolicy";
        HttpURLConnection get = (HttpURLConnection) new URL(j.getURL(), check + "?value=x").openConnection();
        assertThat(get.getResponseCode()).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        assertThat(posted(j, "admin", check)).contains("The policy is not understood");
        assertThat(posted(j, "reader", check)).doesNotContain("The policy is not understood");
    }

    private static String posted(JenkinsRule j, String user, String method) throws Exception {
        try (JenkinsRule.WebClient browser = j.createWebClient().login(user)) {
            URL address = new URL(browser.createCrumbedUrl(method) + "&value=x");
            return browser.getPage(new WebRequest(address, HttpMethod.POST))
                    .getWebResponse()
                    .getContentAsString();
        }
    }

    @Test
    void saysWhatIsWrongWithAgents(JenkinsRule j) {
        AgentConfiguration.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(AgentConfiguration.DescriptorImpl.class);

        FormValidation platform = descriptor.doCheckPlatform("arm 64");
        FormValidation label = descriptor.doCheckLabel("");

        assertThat(platform.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(platform.getMessage()).contains("in agents is no platform");
        assertThat(label.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(descriptor.doCheckPlatform("linux/arm64").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void keepsAllThatItHadWhenAFormIsRefused(JenkinsRule j) throws Exception {
        MultiArchConfiguration.get().setRegistries(List.of(new RegistryConfiguration("ghcr.io")));
        MultiArchConfiguration.get().setAgents(List.of(new AgentConfiguration("linux/arm64", "arch-arm64")));
        JenkinsRule.WebClient browser = j.createWebClient();
        browser.setThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = browser.goTo("configure").getFormByName("config");
        form.getInputsByValue("linux/arm64").get(0).setValue("arm 64");
        form.getInputsByValue("ghcr.io").get(0).setValue("quay.io");

        int status = j.submit(form).getWebResponse().getStatusCode();

        assertThat(status).isGreaterThanOrEqualTo(400);
        assertThat(shown(MultiArchConfiguration.get().getRegistries())).containsExactly("ghcr.io null false null");
        assertThat(MultiArchConfiguration.get().agentLabels().labels()).containsOnlyKeys("linux/arm64");
    }

    @Test
    void forgetsTheLastRegistryThatItsFormRemoves(JenkinsRule j) throws Exception {
        MultiArchConfiguration.get().setRegistries(List.of());

        j.configRoundtrip();

        assertThat(MultiArchConfiguration.get().getRegistries()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAHost(JenkinsRule j) {
        RegistryConfiguration.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(RegistryConfiguration.DescriptorImpl.class);

        FormValidation wrong = descriptor.doCheckHost("https://ghcr.io");

        assertThat(wrong.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(wrong.getMessage()).contains("is not the host of a registry");
        assertThat(descriptor.doCheckHost("ghcr.io").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void answersToPostAlone(JenkinsRule j) throws Exception {
        HttpURLConnection get =
                (HttpURLConnection) new URL(j.getURL(), DESCRIPTOR + "checkHost?value=x").openConnection();

        assertThat(get.getResponseCode()).isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
    }

    @Test
    void offersCredentialsToAdministratorsAlone(JenkinsRule j) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "robot", "", "robot", "secret-1234567"));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));

        assertThat(choices(j, "admin")).contains("robot");
        assertThat(choices(j, "reader")).doesNotContain("robot");
    }

    private static String choices(JenkinsRule j, String user) throws Exception {
        try (JenkinsRule.WebClient browser = j.createWebClient().login(user)) {
            WebRequest request =
                    new WebRequest(browser.createCrumbedUrl(DESCRIPTOR + "fillCredentialsIdItems"), HttpMethod.POST);
            WebResponse response = browser.getPage(request).getWebResponse();
            return response.getContentAsString();
        }
    }
}
