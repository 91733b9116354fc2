package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.List;
import java.util.Map;

/**
 * A kind of evidence that a policy asks for.
 *
 * @param name the word in the policy, or the URI of a predicate type
 * @param uris the predicate types that count as it, also with {@code /v} and a version behind; empty for any type at all
 */
record EvidenceType(String name, List<String> uris) {
    /** Any statement whatever. */
    static final EvidenceType ANY = new EvidenceType("any", List.of());

    static final EvidenceType PROVENANCE = new EvidenceType("provenance", List.of(PredicateTypes.PROVENANCE));
    static final EvidenceType SBOM = new EvidenceType("sbom", List.of(PredicateTypes.CYCLONEDX, PredicateTypes.SPDX));
    static final EvidenceType SCAN =
            new EvidenceType("scan", List.of(PredicateTypes.VULNERABILITIES, PredicateTypes.COSIGN_VULNERABILITIES));
    static final EvidenceType TEST = new EvidenceType("test", List.of(PredicateTypes.TEST_RESULT));
    static final EvidenceType SUMMARY = new EvidenceType("summary", List.of(PredicateTypes.VERIFICATION_SUMMARY));

    private static final Map<String, EvidenceType> WORDS = Map.of(
            "any", ANY,
            "provenance", PROVENANCE,
            "sbom", SBOM,
            "scan", SCAN,
            "test", TEST,
            "summary", SUMMARY,
            "signature", new EvidenceType("signature", List.of(PredicateTypes.COSIGN_SIGNATURE)));

    /** Reads a word, or the URI of a predicate type. */
    static EvidenceType parse(String text) {
        if (WORDS.containsKey(text)) {
            return WORDS.get(text);
        }
        if (text.indexOf(':') > 0) {
            return new EvidenceType(text, List.of(text));
        }
        throw new ReleaseException(
                "'" + Shown.of(text) + "' is no kind of evidence.",
                "Write provenance, sbom, scan, test, summary, signature, any, or the URI of a predicate type.");
    }

    /** The word for a predicate type in policies, or the type itself. */
    static String word(String predicateType) {
        return WORDS.values().stream()
                .filter(type -> type != ANY && type.includes(predicateType))
                .map(EvidenceType::name)
                .findFirst()
                .orElse(predicateType);
    }

    /** Whether a statement of this type says that something passed or failed. */
    static boolean hasResult(String predicateType) {
        return TEST.includes(predicateType) || SUMMARY.includes(predicateType);
    }

    boolean includes(String predicateType) {
        return uris.isEmpty()
                || uris.stream().anyMatch(uri -> predicateType.equals(uri) || predicateType.startsWith(uri + "/v"));
    }

    @Override
    public String toString() {
        return name;
    }
}
