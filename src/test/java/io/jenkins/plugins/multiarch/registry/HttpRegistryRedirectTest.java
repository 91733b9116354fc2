package io.jenkins.plugins.multiarch.registry;

import static io.jenkins.plugins.multiarch.registry.ServedImage.MANIFEST;
import static io.jenkins.plugins.multiarch.registry.ServedImage.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Fault;
import io.jenkins.plugins.multiarch.registry.fake.LoggedRequest;
import io.jenkins.plugins.multiarch.registry.fake.Trait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redirects, which get no password that was meant for the registry. */
class HttpRegistryRedirectTest {
    private ServedImage served;

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void showsNoPasswordToTheStorageABlobIsRedirectedTo() throws Exception {
        served = ServedImage.start(
                FakeRegistry.builder().with(Trait.REDIRECTED_BLOBS).withBasicAuth("ci", "secret"));
        served.fake.on("GET", served.blobPath).occurrence(2).fail(Fault.resetInResponseBody(1000));

        assertThat(served.read()).isEqualTo(served.content);

        assertThat(served.fake.storageRequests())
                .hasSize(2)
                .extracting(LoggedRequest::authorization)
                .containsOnly("");
    }

    @Test
    void showsNoPasswordToTheHostAManifestIsRedirectedTo() throws Exception {
        served = ServedImage.start(FakeRegistry.builder().withBasicAuth("ci", "secret"));
        try (FakeRegistry elsewhere = FakeRegistry.start()) {
            elsewhere.addImage("acme/app", "1.4", "linux/amd64");
            served.fake.on("GET", MANIFEST).fail(Fault.redirect(elsewhere.url() + MANIFEST));

            assertThat(served.registry.find(served.app, TAG).orElseThrow().digest())
                    .isEqualTo(served.image.digest());

            assertThat(elsewhere.requests())
                    .extracting(LoggedRequest::authorization)
                    .containsExactly("");
        }
    }

    @Test
    void showsNoPasswordToTheHostAnUploadIsSentTo() throws Exception {
        served = ServedImage.start(FakeRegistry.builder().withBasicAuth("ci", "secret"));
        Blob blob = Blob.of(MediaTypes.OCI_LAYER, new byte[10]);
        try (FakeRegistry elsewhere = FakeRegistry.start()) {
            served.fake
                    .on("POST", "/v2/acme/app/blobs/uploads/")
                    .fail(Fault.header("Location", elsewhere.url() + "/v2/acme/app/blobs/uploads/upload-1"));

            served.registry.push(served.app, blob);

            assertThat(elsewhere.requests())
                    .extracting(LoggedRequest::authorization)
                    .containsOnly("");
        }
    }

    @Test
    void asksNoTokenForAHostItWasRedirectedTo() throws Exception {
        served = ServedImage.start(FakeRegistry.builder().withBasicAuth("ci", "secret"));
        try (FakeRegistry elsewhere = FakeRegistry.start()) {
            elsewhere
                    .on("GET", MANIFEST)
                    .always()
                    .fail(Fault.status(401)
                            .withHeader("WWW-Authenticate", "Bearer realm=\"" + elsewhere.url() + "/token\""));
            served.fake.on("GET", MANIFEST).always().fail(Fault.redirect(elsewhere.url() + MANIFEST));

            assertThatThrownBy(() -> served.registry.find(served.app, TAG)).isInstanceOf(RegistryException.class);

            assertThat(elsewhere.requests("GET", "/token")).isEmpty();
            assertThat(elsewhere.requests())
                    .extracting(LoggedRequest::authorization)
                    .containsOnly("");
        }
    }

    @Test
    void sendsNothingInTheClearForARegistryThatIsEncrypted(@TempDir Path folder) throws Exception {
        served = ServedImage.start(FakeRegistry.builder().withTls());
        Path authority = Files.writeString(folder.resolve("ca.pem"), served.fake.authority());
        Registry encrypted =
                HttpRegistry.builder().extraCertificates(List.of(authority)).build();
        served.fake
                .on("POST", "/v2/acme/app/blobs/uploads/")
                .always()
                .fail(Fault.header(
                        "Location", "http://" + served.fake.address() + "/v2/acme/app/blobs/uploads/upload-1"));

        assertThatThrownBy(() -> encrypted.push(served.app, Blob.of(MediaTypes.OCI_LAYER, new byte[10])))
                .hasMessage(
                        "POST " + served.fake.address() + "/v2/acme/app/blobs/uploads/ was redirected from https to an"
                                + " address without encryption. Ask whoever runs the registry to correct its redirects.");
    }

    @Test
    void followsNoCircleOfRedirects() {
        served = ServedImage.start();
        served.fake.on("GET", MANIFEST).always().fail(Fault.redirect(MANIFEST));

        assertThatThrownBy(() -> served.registry.find(served.app, TAG))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + served.fake.address() + MANIFEST + " was redirected more than 5 times."
                        + " Ask whoever runs the registry to correct its redirects.");
    }

    @Test
    void followsNoRedirectToWhatIsNoAddress() {
        served = ServedImage.start();
        served.fake.on("GET", MANIFEST).fail(Fault.redirect("http://[nowhere"));

        assertThatThrownBy(() -> served.registry.find(served.app, TAG))
                .isInstanceOf(RegistryException.class)
                .hasMessage("GET " + served.fake.address() + MANIFEST
                        + " was redirected to something that is not an address."
                        + " Ask whoever runs the registry to correct its redirects.");
    }
}
