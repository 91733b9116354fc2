package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected texts are those of moment 2.31 in English. */
class DateFormatTest {
    private static final Instant DATE = Instant.parse("2026-01-02T03:04:05.006Z");

    private static String inTokyo(String format) {
        return DateFormat.write(DATE, format, "Asia/Tokyo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "YYYYYY YYYYY YYYY YY Y|+002026 02026 2026 26 2026",
                "Q Qo MMMM MMM MM M Mo|1 1st January Jan 01 1 1st",
                "DDDD DDD DDDo DD D Do|002 2 2nd 02 2 2nd",
                "dddd ddd dd d do e E|Friday Fri Fr 5 5th 5 5",
                "ggggg gggg gg ww w wo|02026 2026 26 01 1 1st",
                "GGGGG GGGG GG WW W Wo|02026 2026 26 01 1 1st",
                "HH H hh h kk k A a|12 12 12 12 12 12 PM pm",
                "mm m ss s hmm hmmss Hmm Hmmss|04 4 05 5 1204 120405 1204 120405",
                "S SS SSS SSSS SSSSSSSSS|0 00 006 0060 006000000",
                "ZZ Z X x|+0900 +09:00 1767323045 1767323045006",
                "LT LTS|12:04 PM 12:04:05 PM",
                "L l|01/02/2026 1/2/2026",
                "LL ll|January 2, 2026 Jan 2, 2026",
                "LLL lll|January 2, 2026 12:04 PM Jan 2, 2026 12:04 PM",
                "LLLL llll|Friday, January 2, 2026 12:04 PM Fri, Jan 2, 2026 12:04 PM",
                "[at week] T\\w-v|at week Tw-v"
            })
    void writesWhatMomentWrites(String format, String expected) {
        assertThat(inTokyo(format)).isEqualTo(expected);
    }

    /** A Friday: of the first week where weeks begin on Sundays, of the last one by ISO 8601. */
    @Test
    void countsWeeksInBothWays() {
        assertThat(DateFormat.write(Instant.parse("2027-01-01T00:00:00Z"), "gggg-ww GGGG-WW", ""))
                .isEqualTo("2027-01 2026-53");
    }

    @Test
    void countsAsEnglishDoes() {
        assertThat(DateFormat.write(Instant.parse("2026-04-23T00:00:00Z"), "Do DDDo k kk", ""))
                .isEqualTo("23rd 113th 24 24");
        assertThat(DateFormat.write(Instant.parse("2026-12-11T00:00:00Z"), "Do Mo wo", ""))
                .isEqualTo("11th 12th 50th");
    }

    @ParameterizedTest
    @ValueSource(strings = {"N", "NNNN", "y", "yyyy", "z", "zz"})
    void refusesWhatItDoesNotKnow(String part) {
        assertThat(Refusal.of(() -> inTokyo("YYYY-" + part)))
                .isEqualTo("'" + part + "' is not a part of a date that is known here. Put text into brackets, as in"
                        + " YYYY[y]MM; docs/release-plan.md names the parts that are not known.");
    }
}
