package io.jenkins.plugins.multiarch.keys;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A key's file says how much work it is to open it, and anybody may write one. */
class SlowKeyTest {
    private static final byte[] SALT = new byte[8];

    /** PBES2 (RFC 8018, appendix A.4) with PBKDF2 and AES. */
    private static byte[] pbes2(int rounds) {
        byte[] derived = DerWriter.sequence(
                DerWriter.oid("1.2.840.113549.1.5.12"),
                DerWriter.sequence(
                        DerWriter.octets(SALT),
                        DerWriter.integer(BigInteger.valueOf(rounds)),
                        DerWriter.sequence(DerWriter.oid("1.2.840.113549.2.9"), DerWriter.nothing())));
        byte[] cipher = DerWriter.sequence(DerWriter.oid("2.16.840.1.101.3.4.1.42"), DerWriter.octets(new byte[16]));
        return DerWriter.sequence(DerWriter.oid("1.2.840.113549.1.5.13"), DerWriter.sequence(derived, cipher));
    }

    /** PBES1 (appendix A.3) with MD5 and DES. */
    private static byte[] pbes1(int rounds) {
        return DerWriter.sequence(
                DerWriter.oid("1.2.840.113549.1.5.3"),
                DerWriter.sequence(DerWriter.octets(SALT), DerWriter.integer(BigInteger.valueOf(rounds))));
    }

    private static void open(byte[] algorithm) {
        byte[] key = DerWriter.sequence(algorithm, DerWriter.octets(new byte[32]));
        String pem = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getEncoder().encodeToString(key)
                + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
        PrivateKeys.read(pem.getBytes(StandardCharsets.US_ASCII), "pass".toCharArray());
    }

    @Test
    void isRefusedUnopened() {
        for (byte[] algorithm : new byte[][] {pbes2(10_000_001), pbes1(10_000_001), pbes2(Integer.MAX_VALUE)}) {
            assertThatThrownBy(() -> open(algorithm))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessage("The private key wants its password hashed more than 10000000 times. Encrypt it with"
                            + " fewer, as openssl pkcs8 -topk8 -iter 600000 does.");
        }
    }

    @Test
    void isOpenedWhereItTakesMoments() {
        for (byte[] algorithm : new byte[][] {pbes2(600), pbes1(600)}) {
            assertThatThrownBy(() -> open(algorithm))
                    .isInstanceOf(ReleaseException.class)
                    .hasMessageStartingWith("The private key does not open with this password.");
        }
    }
}
