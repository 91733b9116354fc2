package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.Der;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a timestamp says: at that time somebody had something with this hash (RFC 3161, 2.4.2, {@code TSTInfo}).
 *
 * @param hash by its name in Java, for example {@code SHA-256}
 * @param nonce as it was in the request, where there was one
 */
record TimestampInfo(String hash, byte[] imprint, Instant time, Optional<BigInteger> nonce) {
    static final Map<String, String> HASHES = Map.of(
            "2.16.840.1.101.3.4.2.1",
            "SHA-256",
            "2.16.840.1.101.3.4.2.2",
            "SHA-384",
            "2.16.840.1.101.3.4.2.3",
            "SHA-512");
    private static final int IMPRINT = 2;
    private static final int TIME = 4;

    static TimestampInfo read(byte[] info) {
        List<Der> fields = Der.parse(info).expect(Der.SEQUENCE).children();
        if (fields.size() <= TIME) {
            throw new Unaccepted("the timestamp says too little");
        }
        Der imprint = fields.get(IMPRINT);
        return new TimestampInfo(
                hash(imprint.child(0)),
                imprint.child(1).expect(Der.OCTET_STRING).content(),
                fields.get(TIME).time(),
                fields.stream()
                        .skip(TIME + 1)
                        .filter(field -> field.is(Der.INTEGER))
                        .findFirst()
                        .map(Der::integer));
    }

    /** The name of the hash of an AlgorithmIdentifier. */
    static String hash(Der algorithm) {
        String oid = algorithm.child(0).oid();
        String name = HASHES.get(oid);
        if (name == null) {
            throw new Unaccepted("the timestamp hashes with the unknown algorithm " + Shown.of(oid));
        }
        return name;
    }

    /** Refuses a timestamp of something else. */
    void requireOf(byte[] content) {
        if (!Arrays.equals(Hashes.of(hash, content), imprint)) {
            throw new Unaccepted("the timestamp is of something else");
        }
    }
}
