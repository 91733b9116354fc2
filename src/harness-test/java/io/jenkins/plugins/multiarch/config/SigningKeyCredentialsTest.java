package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.multiarch.keys.SampleKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class SigningKeyCredentialsTest {
    private static final String PUBLIC = text("cosign.pub");

    @TempDir
    private Path folder;

    private static String text(String file) {
        return new String(SampleKeys.file(file), StandardCharsets.US_ASCII);
    }

    private static SigningKeyCredentials encrypted() throws Exception {
        SigningKeyCredentials credentials = new SigningKeyCredentials(
                CredentialsScope.GLOBAL, "release-key", "signs releases", Secret.fromString(text("cosign.pem")));
        credentials.setPassword(Secret.fromString("Paßwort"));
        return credentials;
    }

    private static void add(SigningKeyCredentials credentials) throws Exception {
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
    }

    private static SigningKeyCredentials only() {
        List<SigningKeyCredentials> all = CredentialsProvider.lookupCredentialsInItemGroup(
                SigningKeyCredentials.class, Jenkins.get(), null, List.of());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void keepsWhatItsFormShows(JenkinsRule j) throws Exception {
        add(encrypted());
        HtmlForm form = j.createWebClient()
                .goTo("credentials/store/system/domain/_/credential/release-key/update")
                .getFormByName("update");

        j.submit(form);

        assertThat(only().getDescription()).isEqualTo("signs releases");
        assertThat(only().signingKey().publicKey()).isEqualTo(SampleKeys.trusted("cosign.pub"));
    }

    @Test
    void isReadFromTheYamlInItsDocumentation(JenkinsRule j) throws Exception {
        Path key = Files.write(folder.resolve("key.pem"), SampleKeys.file("cosign.pem"));
        Path yaml = Files.writeString(
                folder.resolve("jenkins.yaml"),
                MultiArchConfigurationFormTest.documented(3)
                        .replace("/run/secrets/release-key.pem", key.toString())
                        .replace("${RELEASE_KEY_PASSWORD}", "Paßwort"));

        ConfigurationAsCode.get().configure(yaml.toString());

        assertThat(only().signingKey().publicKey()).isEqualTo(SampleKeys.trusted("cosign.pub"));
    }

    @Test
    void showsThePublicHalfToThoseWhoMayChangeIt(JenkinsRule j) {
        SigningKeyCredentials.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(SigningKeyCredentials.DescriptorImpl.class);
        Secret key = Secret.fromString(text("cosign.pem"));

        FormValidation opened = descriptor.doOpen(j.jenkins, key, Secret.fromString("Paßwort"));
        FormValidation closed = descriptor.doOpen(j.jenkins, key, Secret.fromString("other"));

        assertThat(opened.kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(opened.getMessage()).isEqualTo(PUBLIC.replace("\n", "<br>"));
        assertThat(closed.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(closed.getMessage())
                .isEqualTo(
                        "The private key does not open with this password. Give the password that it was encrypted with.");
    }

    @Test
    void opensNothingForOthers(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("visitor"));
        JenkinsRule.WebClient visitor = j.createWebClient().login("visitor");
        visitor.setThrowExceptionOnFailingStatusCode(false);

        int status = visitor.getPage(visitor.addCrumb(new org.htmlunit.WebRequest(
                        new java.net.URL(
                                j.getURL(),
                                "descriptorByName/" + SigningKeyCredentials.class.getName() + "/open?key=a"),
                        org.htmlunit.HttpMethod.POST)))
                .getWebResponse()
                .getStatusCode();

        assertThat(status).isEqualTo(403);
    }

    @Test
    void liesOnTheDiskEncryptedAlone(JenkinsRule j) throws Exception {
        add(encrypted());

        List<String> secrets = Stream.concat(
                        Arrays.stream(text("cosign.pem").split("\\n", -1))
                                .filter(line -> !line.startsWith("-"))
                                .limit(1),
                        Stream.of("Paßwort"))
                .toList();
        try (Stream<Path> files = Files.walk(j.jenkins.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(secrets);
            }
        }
    }
}
