package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The URIs of the types of predicates that we write or know, and cosign's words for some. */
public final class PredicateTypes {
    public static final String PROVENANCE = "https://slsa.dev/provenance/v1";
    public static final String CYCLONEDX = "https://cyclonedx.org/bom";
    public static final String SPDX = "https://spdx.dev/Document";
    public static final String VULNERABILITIES = "https://in-toto.io/attestation/vulns/v0.2";
    public static final String COSIGN_VULNERABILITIES = "https://cosign.sigstore.dev/attestation/vuln/v1";
    public static final String TEST_RESULT = "https://in-toto.io/attestation/test-result/v0.1";
    public static final String VERIFICATION_SUMMARY = "https://slsa.dev/verification_summary/v1";
    /** What cosign 3 signs where it signs an image without saying more. */
    public static final String COSIGN_SIGNATURE = "https://sigstore.dev/cosign/sign/v1";
    /** Our list of the images of an index. */
    public static final String INDEX = "https://plugins.jenkins.io/multiarch-release/predicates/index/v1";
    /** Our receipt of a promotion or a rollback. */
    public static final String PROMOTION = "https://plugins.jenkins.io/multiarch-release/predicates/promotion/v1";

    private static final Map<String, String> WORDS = new TreeMap<>(Map.of(
            "slsaprovenance1", PROVENANCE,
            "cyclonedx", CYCLONEDX,
            "spdxjson", SPDX,
            "vuln", COSIGN_VULNERABILITIES,
            "openvex", "https://openvex.dev/ns",
            "link", "https://in-toto.io/Link/v1"));

    /** Where the types begin of which only whoever built can speak, and a file of the build cannot. */
    private static final List<String> OF_BUILDERS = List.of(
            "slsaprovenance",
            "https://slsa.dev/",
            "https://in-toto.io/provenance/",
            "https://in-toto.io/attestation/test-result/",
            "https://sigstore.dev/cosign/sign/",
            "https://plugins.jenkins.io/multiarch-release/");

    /** Where the types begin of what scanners write: a document of these is looked at which image it is of. */
    private static final List<String> OF_SCANNERS = List.of(
            "https://cyclonedx.org/bom",
            "https://spdx.dev/document",
            "https://in-toto.io/attestation/vulns",
            "https://cosign.sigstore.dev/attestation/vuln");

    private PredicateTypes() {}

    /**
     * Whether verifiers take it for the word of who built: provenance, a verification's summary, the result of tests, the
     * signature of an image, our list of an index.
     *
     * @param type a URI, or one of cosign's words for one
     */
    public static boolean isOfBuilder(String type) {
        return beginsLikeOne(type, OF_BUILDERS);
    }

    /**
     * Whether it is that of an SBOM or of a scan, which {@link Sbom} and {@link ScanReport} read.
     *
     * @param type a URI, or one of cosign's words for one
     */
    public static boolean isOfScanner(String type) {
        return beginsLikeOne(type, OF_SCANNERS);
    }

    private static boolean beginsLikeOne(String type, List<String> beginnings) {
        String uri = WORDS.getOrDefault(type.strip(), type.strip()).toLowerCase(Locale.ROOT);
        return beginnings.stream().anyMatch(uri::startsWith);
    }

    /**
     * Reads a type of a predicate.
     *
     * @param type a URI, or one of cosign's words for one, such as {@code slsaprovenance1}
     * @return its URI
     * @throws ReleaseException if it is neither
     */
    public static String parse(String type) {
        String uri = WORDS.getOrDefault(type, type);
        if (!isAbsolute(uri)) {
            throw new ReleaseException(
                    "'" + Shown.of(type) + "' is not the type of a predicate.",
                    "Write a URI, as in https://example.com/review/v1, or one of "
                            + String.join(", ", new TreeSet<>(WORDS.keySet())) + ".");
        }
        return uri;
    }

    private static boolean isAbsolute(String uri) {
        try {
            return new URI(uri).isAbsolute();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
