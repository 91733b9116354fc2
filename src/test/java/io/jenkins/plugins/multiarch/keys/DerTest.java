package io.jenkins.plugins.multiarch.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {

    @Test
    void readsWhatTheWriterWrote() {
        byte[] octets = new byte[300];
        byte[] written = DerWriter.sequence(
                DerWriter.integer(BigInteger.valueOf(-129)), DerWriter.octets(octets), DerWriter.yes());

        Der read = Der.parse(written).expect(Der.SEQUENCE);

        assertThat(read.child(0).integer()).isEqualTo(-129);
        assertThat(read.child(1).content()).isEqualTo(octets);
        assertThat(read.child(1).encoded()).startsWith(4, 0x82, 1, 44);
        assertThat(read.child(2).tag()).isEqualTo(Der.BOOLEAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.840.113549.1.7.2", "2.5.29.14", "1.3.6.1.4.1.57264.1.8", "2.16.840.1.101.3.4.2.1"})
    void keepsObjectIdentifiers(String oid) {
        assertThat(Der.parse(DerWriter.oid(oid)).oid()).isEqualTo(oid);
    }

    @ParameterizedTest
    @CsvSource({
        "20251120204523Z, 2025-11-20T20:45:23Z",
        "20251120204523.5Z, 2025-11-20T20:45:23.500Z",
        "20251120204523.123456Z, 2025-11-20T20:45:23.123456Z"
    })
    void readsTimesWithAndWithoutFractions(String text, Instant time) {
        byte[] encoded =
                DerWriter.element(Der.GENERALIZED_TIME, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(Der.parse(encoded).time()).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "30, it is cut off",
        "3005020101, it is cut off",
        "300302010100, it goes on behind its end",
        "3080020101, a length in it cannot be read",
        "30850000000003020101, a length in it cannot be read",
        "3084ffffffff, it is cut off",
        "1f0101, it has a tag of several bytes",
        "30030402, it is cut off"
    })
    void refusesWhatIsBroken(String hex, String reason) {
        assertThatThrownBy(() -> Der.parse(HexFormat.of().parseHex(hex)).children())
                .isInstanceOf(Unaccepted.class)
                .hasMessage("its DER cannot be read: " + reason);
    }

    @Test
    void refusesAnotherKindOfElement() {
        assertThatThrownBy(() -> Der.parse(DerWriter.yes()).integer())
                .isInstanceOf(Unaccepted.class)
                .hasMessage("its DER cannot be read: it has tag 01 where 02 belongs");
    }
}
