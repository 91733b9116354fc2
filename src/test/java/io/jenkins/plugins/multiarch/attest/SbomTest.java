package io.jenkins.plugins.multiarch.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SbomTest {
    private static final Digest APP = Digest.sha256(utf8("app"));

    /** As syft, trivy and others say what they scanned. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'bomFormat':'CycloneDX','specVersion':'1.6','metadata':{'component':{'type':'container',"
                        + "'name':'acme/app','version':'DIGEST'}}}",
                "{'bomFormat':'CycloneDX','specVersion':'1.5','metadata':{'component':{'type':'container',"
                        + "'purl':'pkg:oci/app@sha256%3AHEX?arch=amd64'}}}",
                "{'bomFormat':'CycloneDX','specVersion':'1.5','metadata':{'component':{'type':'container',"
                        + "'properties':[{'name':'aquasecurity:trivy:RepoDigest','value':'ghcr.io/acme/app@DIGEST'}]}}}",
                "{'spdxVersion':'SPDX-2.3','relationships':[{'relationshipType':'DESCRIBES',"
                        + "'relatedSpdxElement':'SPDXRef-1'}],'packages':[{'SPDXID':'SPDXRef-1',"
                        + "'primaryPackagePurpose':'CONTAINER','versionInfo':'DIGEST'},{'SPDXID':'SPDXRef-2'}]}",
                "{'spdxVersion':'SPDX-2.2','documentDescribes':['SPDXRef-1'],'packages':[{'SPDXID':'SPDXRef-1',"
                        + "'externalRefs':[{'referenceLocator':'pkg:oci/app@sha256:HEX'}]}]}",
            })
    void knowsWhichImageItIsAbout(String json) {
        Predicate sbom = Sbom.parse(utf8(
                json.replace("DIGEST", APP.toString()).replace("HEX", APP.hex()).replace('\'', '"')));

        assertThat(sbom.document()).contains(new ImageDocument("The SBOM", Set.of(APP)));
    }

    /** As PowerShell writes files. */
    @Test
    void mayBeginWithAByteOrderMark() {
        Predicate sbom = Sbom.parse(utf8("\uFEFF{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}"));

        assertThat(sbom.about(List.of(Subject.of(APP))).predicate())
                .isEqualTo(utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}"));
    }

    /** An SBOM of an application, and one without a subject, may hold for all images that have the application. */
    @Test
    void isOfNoImageWhereItsSubjectIsNone() {
        Predicate application = Sbom.parse(utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{"
                + "\"component\":{\"type\":\"application\",\"version\":\"" + APP + "\"}}}"));
        Predicate sources = Sbom.parse(utf8("{\"spdxVersion\":\"SPDX-2.3\",\"documentDescribes\":[\"a\"],\"packages\":["
                + "{\"SPDXID\":\"a\",\"primaryPackagePurpose\":\"SOURCE\",\"versionInfo\":\"" + APP + "\"}]}"));

        assertThat(application.document()).isEmpty();
        assertThat(sources.document()).isEmpty();
    }

    @Test
    void isOfAnImageAlsoWhereItDoesNotSayOfWhich() {
        Predicate cyclonedx = Sbom.parse(utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{"
                + "\"component\":{\"type\":\"container\",\"name\":\"acme/app\",\"version\":\"1.4.2\"}}}"));
        Predicate spdx = Sbom.parse(utf8("{\"spdxVersion\":\"SPDX-2.3\",\"documentDescribes\":[\"a\"],\"packages\":["
                + "{\"SPDXID\":\"a\",\"primaryPackagePurpose\":\"CONTAINER\"}]}"));

        assertThat(cyclonedx.document()).contains(new ImageDocument("The SBOM", Set.of()));
        assertThat(spdx.document()).contains(new ImageDocument("The SBOM", Set.of()));
    }

    @Test
    void takesOneThatDoesNotSayWhatItIsAbout() {
        Predicate cyclonedx = Sbom.parse(utf8("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}"));
        Predicate spdx = Sbom.parse(utf8("{\"spdxVersion\":\"SPDX-2.3\"}"));

        assertThat(cyclonedx.document()).isEmpty();
        assertThat(cyclonedx.type()).isEqualTo("https://cyclonedx.org/bom");
        assertThat(spdx.type()).isEqualTo("https://spdx.dev/Document");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"bomFormat\":\"CycloneDX\"}", "{\"spdxVersion\":\"SPDX-1.0\"}"})
    void refusesAnotherFormat(String json) {
        assertThatThrownBy(() -> Sbom.parse(utf8(json)))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The SBOM is neither CycloneDX JSON nor SPDX 2 JSON. Let the scanner write one of these,"
                        + " as in syft -o cyclonedx-json or trivy --format spdx-json.");
    }

    @Test
    void refusesOneThatIsTooLarge() {
        byte[] spaces = new byte[Statement.MAX_SIZE + 1];
        Arrays.fill(spaces, (byte) ' ');

        assertThatThrownBy(() -> Sbom.parse(spaces))
                .isInstanceOf(ReleaseException.class)
                .hasMessage("The SBOM has 16777217 bytes, more than the 16777216 that are taken."
                        + " Leave out the files inside packages; scanners have an option for that.");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
