package io.jenkins.plugins.multiarch.builder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://git.test/app.git, https://git.test/app.git",
        "https://robot:t0ken@git.test/app.git, https://git.test/app.git",
        "https://t0ken@git.test/app.git, https://git.test/app.git",
        "https://git.test/app.git?private_token=t0ken, https://git.test/app.git",
        "https://robot:pa?s#s@git.test/app.git?private_token=t0ken#t0ken, https://git.test/app.git",
        "ssh://git:t0ken@git.test:22/app.git, ssh://git@git.test:22/app.git",
        "ssh://git@git.test/app.git, ssh://git@git.test/app.git",
        "git@git.test:acme/app.git, git@git.test:acme/app.git",
        "https://git.test:8443/@scope/app.git, https://git.test:8443/@scope/app.git",
        "file:///srv/git/app@2, file:///srv/git/app@2",
        "/srv/git/app@2, /srv/git/app@2",
    })
    void showsNoLogin(String url, String shown) {
        assertThat(GitAddress.withoutLogin(url)).isEqualTo(shown);
    }

    /** Nobody can tell where a password ends that has a slash in it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://robot:t0/ken@git.test/app.git",
                "https://robot:t0ken/@git.test/app.git",
                "HTTPS://robot:t0?k/en@git.test/app.git",
                "ssh://git:t0/ken@git.test/app.git",
                "https://git.test/app.git?login=robot@t0ken",
            })
    void showsNothingThatMayBeAPassword(String url) {
        assertThat(GitAddress.withoutLogin(url)).isEmpty();
    }
}
