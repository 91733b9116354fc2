package io.jenkins.plugins.multiarch.attest.keyless;

import io.jenkins.plugins.multiarch.keys.DerWriter;
import io.jenkins.plugins.multiarch.keys.Unaccepted;
import java.math.BigInteger;
import java.net.URI;
import java.security.SecureRandom;

/** Asks a timestamp authority to sign the time (RFC 3161, 2.4.1 and 3.4). */
final class TimestampAuthority {
    private static final String QUERY = "application/timestamp-query";
    private static final String REPLY = "application/timestamp-reply";
    private static final String SHA_256 = "2.16.840.1.101.3.4.2.1";
    private static final int NONCE_BITS = 63;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ServiceClient client;
    private final URI address;

    TimestampAuthority(ServiceClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    URI address() {
        return address;
    }

    /** The authority's answer, in DER: that it saw this signature. */
    byte[] timestamp(byte[] signature) throws InterruptedException {
        BigInteger nonce = new BigInteger(NONCE_BITS, RANDOM);
        byte[] imprint = DerWriter.sequence(
                DerWriter.sequence(DerWriter.oid(SHA_256), DerWriter.nothing()),
                DerWriter.octets(Hashes.sha256(signature)));
        byte[] query = DerWriter.sequence(
                DerWriter.integer(BigInteger.ONE), imprint, DerWriter.integer(nonce), DerWriter.yes());
        byte[] answer = client.success(address, client.post(address, QUERY, REPLY, query));
        TimestampInfo info = Timestamp.read(answer).info();
        info.requireOf(signature);
        if (!info.nonce().filter(nonce::equals).isPresent()) {
            throw new Unaccepted("the timestamp answers another request");
        }
        return answer;
    }
}
