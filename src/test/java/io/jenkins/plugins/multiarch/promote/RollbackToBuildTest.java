package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every branch of a multibranch job has builds of the same numbers. */
class RollbackToBuildTest {
    private static final String MAIN = "https://ci.example/job/app/job/main/";
    private static final String OTHER = "https://ci.example/job/app/job/other/";

    private final ReleaseHistory history = new ReleaseHistory();

    private static ReleaseNote by(String job, String number) {
        return new ReleaseNote("", number, job.isEmpty() ? "" : job + number + "/");
    }

    private void promote(ReleaseNote by, String version, String... names) throws IOException, InterruptedException {
        history.promotion().promote(history.request(version, names).noted(by));
    }

    private void rollBack(ReleaseNote by, String... names) throws IOException, InterruptedException {
        history.rollback().rollBack(ReleaseHistory.back("#57", names).noted(by));
    }

    private void assertStandsAt(String version) throws InterruptedException {
        assertThat(history.tagged("api", "latest")).contains(history.digest("api", version));
    }

    @BeforeEach
    void promoteByTwoJobs() throws IOException, InterruptedException {
        promote(by(MAIN, "57"), "1.0.0", "api");
        promote(by(OTHER, "57"), "1.1.0", "api");
        promote(by(MAIN, "58"), "1.2.0", "api");
    }

    @Test
    void goesBackToTheBuildOfTheJobThatRollsBack() throws IOException, InterruptedException {
        rollBack(by(MAIN, "59"), "api");
        assertStandsAt("1.0.0");

        rollBack(by(OTHER, "58"), "api");
        assertStandsAt("1.1.0");
    }

    @Test
    void refusesANumberThatSeveralOtherJobsHave() throws InterruptedException {
        assertThatThrownBy(() -> rollBack(by("https://ci.example/job/rollback/", "3"), "api"))
                .hasMessage("Nothing was rolled back: #57 is a build of several jobs, " + MAIN + "57/ and " + OTHER
                        + "57/. Name the version or the digest to go back to.");
        assertStandsAt("1.2.0");
    }

    @Test
    void refusesToMixTheBuildsOfTwoJobs() throws IOException, InterruptedException {
        promote(by("", "57"), "1.0.0", "web");
        promote(by("", "58"), "1.1.0", "web");

        assertThatThrownBy(() -> rollBack(ReleaseNote.NONE, "web", "api"))
                .hasMessageStartingWith(
                        "Nothing was rolled back: #57 is a build of several jobs, one without an address" + " and "
                                + MAIN + "57/ and " + OTHER + "57/. ");
    }

    @Test
    void goesBackToTheOnlyBuildOfThatNumberAndSaysWhichItIs() throws IOException, InterruptedException {
        promote(by(OTHER, "57"), "1.0.0", "web");
        promote(by(OTHER, "60"), "1.1.0", "web");

        rollBack(by(MAIN, "59"), "web");

        assertThat(history.tagged("web", "latest")).contains(history.digest("web", "1.0.0"));
        assertThat(history.log).contains("Build #57 is " + OTHER + "57/.");
    }

    @Test
    void takesANumberAloneForAVersion() {
        assertThat(RollbackTarget.parse("57")).isEqualTo(new RollbackTarget.Version("57"));
        assertThat(RollbackTarget.parse("20260101")).isEqualTo(new RollbackTarget.Version("20260101"));
        assertThat(RollbackTarget.parse("#57")).isEqualTo(new RollbackTarget.Build("57"));
    }
}
