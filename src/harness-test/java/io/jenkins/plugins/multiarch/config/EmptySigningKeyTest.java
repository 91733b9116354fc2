package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class EmptySigningKeyTest {
    private static final String REFUSAL = "There is no private key that we can read. Give one in PEM: PKCS#8, SEC1,"
            + " PKCS#1, or made by cosign generate-key-pair.";

    @TempDir
    private Path folder;

    @Test
    void isRefusedWhereItWasConfiguredWithoutAKey(JenkinsRule j) throws Exception {
        Path yaml = Files.writeString(folder.resolve("jenkins.yaml"), """
                credentials:
                  system:
                    domainCredentials:
                    - credentials:
                      - signingKey:
                          id: "release-key"
                          scope: GLOBAL
                """);

        ConfigurationAsCode.get().configure(yaml.toString());

        SigningKeyCredentials credentials = CredentialsProvider.lookupCredentialsInItemGroup(
                        SigningKeyCredentials.class, Jenkins.get(), null, List.of())
                .get(0);
        assertThatThrownBy(credentials::signingKey)
                .isInstanceOf(ReleaseException.class)
                .hasMessage(REFUSAL);
    }

    @Test
    void isRefusedByTheButtonThatOpensIt(JenkinsRule j) {
        SigningKeyCredentials.DescriptorImpl descriptor =
                j.jenkins.getDescriptorByType(SigningKeyCredentials.DescriptorImpl.class);

        FormValidation opened = descriptor.doOpen(j.jenkins, null, null);

        assertThat(opened.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(opened.getMessage()).isEqualTo(REFUSAL);
    }
}
