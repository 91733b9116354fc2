package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTextTest {

    @ParameterizedTest
    @CsvSource({"0,0 B", "999,999 B", "1000,1.0 kB", "2313,2.3 kB", "1500000,1.5 MB", "2147483648,2147.5 MB"})
    void roundsSizesToDecimalUnits(long bytes, String text) {
        assertThat(InspectionText.size(bytes)).isEqualTo(text);
    }
}
