package io.jenkins.plugins.multiarch.attest.keyless;

import java.util.Map;

/** Names of Java for the signature algorithms of CMS (RFC 3370, RFC 5754, RFC 8419). */
final class SignatureAlgorithms {
    private static final Map<String, String> NAMES = Map.of(
            "1.2.840.10045.4.3.2", "SHA256withECDSA",
            "1.2.840.10045.4.3.3", "SHA384withECDSA",
            "1.2.840.10045.4.3.4", "SHA512withECDSA",
            "1.2.840.113549.1.1.11", "SHA256withRSA",
            "1.2.840.113549.1.1.12", "SHA384withRSA",
            "1.2.840.113549.1.1.13", "SHA512withRSA",
            "1.3.101.112", "Ed25519");
    /** These leave the hash to the field beside them. */
    private static final Map<String, String> WITHOUT_HASH =
            Map.of("1.2.840.113549.1.1.1", "withRSA", "1.2.840.10045.2.1", "withECDSA");

    private SignatureAlgorithms() {}

    /**
     * The name for an AlgorithmIdentifier.
     *
     * @param hash that goes with it if it says none, for example {@code SHA-256}
     */
    static String name(Der algorithm, String hash) {
        String oid = algorithm.child(0).oid();
        if (WITHOUT_HASH.containsKey(oid)) {
            return hash.replace("-", "") + WITHOUT_HASH.get(oid);
        }
        String name = NAMES.get(oid);
        if (name == null) {
            throw new Unaccepted("the timestamp is signed with the unknown algorithm " + oid);
        }
        return name;
    }
}
