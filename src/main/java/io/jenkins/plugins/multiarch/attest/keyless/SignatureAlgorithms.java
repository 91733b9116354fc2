package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.Der;
import io.jenkins.plugins.multiarch.keys.SignatureScheme;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.util.Map;

/** The signature algorithms of CMS by their identifiers (RFC 3370, RFC 5754, RFC 8419). */
final class SignatureAlgorithms {
    private static final Map<String, SignatureScheme> SCHEMES = Map.of(
            "1.2.840.10045.4.3.2", SignatureScheme.SHA256_WITH_ECDSA,
            "1.2.840.10045.4.3.3", SignatureScheme.SHA384_WITH_ECDSA,
            "1.2.840.10045.4.3.4", SignatureScheme.SHA512_WITH_ECDSA,
            "1.2.840.113549.1.1.11", SignatureScheme.SHA256_WITH_RSA,
            "1.2.840.113549.1.1.12", SignatureScheme.SHA384_WITH_RSA,
            "1.2.840.113549.1.1.13", SignatureScheme.SHA512_WITH_RSA,
            "1.3.101.112", SignatureScheme.ED25519);
    private static final Map<String, SignatureScheme> RSA = Map.of(
            "SHA-256", SignatureScheme.SHA256_WITH_RSA,
            "SHA-384", SignatureScheme.SHA384_WITH_RSA,
            "SHA-512", SignatureScheme.SHA512_WITH_RSA);
    private static final Map<String, SignatureScheme> ECDSA = Map.of(
            "SHA-256", SignatureScheme.SHA256_WITH_ECDSA,
            "SHA-384", SignatureScheme.SHA384_WITH_ECDSA,
            "SHA-512", SignatureScheme.SHA512_WITH_ECDSA);
    /** These leave the hash to the field beside them. */
    private static final Map<String, Map<String, SignatureScheme>> WITHOUT_HASH =
            Map.of("1.2.840.113549.1.1.1", RSA, "1.2.840.10045.2.1", ECDSA);

    private SignatureAlgorithms() {}

    /**
     * The scheme of an AlgorithmIdentifier.
     *
     * @param hash that goes with it if it says none: one of {@link TimestampInfo#HASHES}
     */
    static SignatureScheme scheme(Der algorithm, String hash) {
        String oid = algorithm.child(0).oid();
        SignatureScheme scheme =
                WITHOUT_HASH.containsKey(oid) ? WITHOUT_HASH.get(oid).get(hash) : SCHEMES.get(oid);
        if (scheme == null) {
            throw new Unaccepted("the timestamp is signed with the unknown algorithm " + Shown.of(oid));
        }
        return scheme;
    }
}
