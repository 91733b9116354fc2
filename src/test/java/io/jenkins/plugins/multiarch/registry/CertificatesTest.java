package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    @TempDir
    Path folder;

    @Test
    void refusesAFileWithoutCertificates() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "");

        assertThatThrownBy(() ->
                        HttpRegistry.builder().extraCertificates(List.of(file)).build())
                .hasMessage("The certificates in ca.pem cannot be read: it holds none. Name a file with certificates in"
                        + " PEM form (-----BEGIN CERTIFICATE-----).");
    }

    @Test
    void refusesAFileThatIsSomethingElse() throws Exception {
        Path file = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\nno\n");

        assertThatThrownBy(() ->
                        HttpRegistry.builder().extraCertificates(List.of(file)).build())
                .hasMessageStartingWith("The certificates in ca.pem cannot be read: ")
                .hasMessageEndingWith("Name a file with certificates in PEM form (-----BEGIN CERTIFICATE-----).");
    }
}
