package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Glob;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathFilterTest {

    @ParameterizedTest
    @CsvSource({
        "*.md, README.md, true",
        "*.md, docs/index.md, false",
        "**/*.md, README.md, true",
        "**/*.md, docs/deep/index.md, true",
        "docs/**, docs/deep/index.md, true",
        "docs/**, docs, false",
        "docs/**, mydocs/x, false",
        "src/**/test/*.java, src/test/A.java, true",
        "src/**/test/*.java, src/a/b/test/A.java, true",
        "src/**/test/*.java, src/atest/A.java, false",
        "**, a/b/c, true",
        "**/Dockerfile*, Dockerfile.alpine, true",
        "**/Dockerfile*, images/a/Dockerfile, true",
        "**/lock, a/block, false",
        "v?.[0-9], v1.4, true",
        "v?.[0-9], v1.x, false",
        "v[!1].0, v2.0, true",
        "v[!1].0, v1.0, false",
        "v[^1].0, v1.0, false",
        "a[-x]b, a-b, true",
        "release-*, release-1.4, true",
        "release-*, release-1/4, false",
        "v*.*.*, v1.4.2-rc.1, true",
        "v*.*.*, v1.4, false",
        "a.b, axb, false"
    })
    void matchesAsGitDoes(String pattern, String path, boolean matches) {
        assertThat(Glob.parse(pattern).matches(path)).isEqualTo(matches);
    }

    @Test
    void takesNoLongerForAPatternMadeToBeSlow() {
        Glob slow = Glob.parse("*a".repeat(240) + "b");

        assertThat(slow.matches("a".repeat(4_000))).isFalse();
    }

    @Test
    void letsTheLastPatternDecide() {
        PathFilter filter = PathFilter.of(List.of("src/**", "!src/**/*.md", "src/keep.md"));

        assertThat(filter.firstOf(List.of("src/a.md", "docs/x"))).isEmpty();
        assertThat(filter.firstOf(List.of("src/a.md", "src/a.java"))).contains("src/a.java");
        assertThat(filter.firstOf(List.of("src/keep.md"))).contains("src/keep.md");
    }

    @Test
    void takesAllOthersWhereOnlyExceptionsAreNamed() {
        PathFilter filter = PathFilter.of(List.of("!docs/**", "!**/*.md"));

        assertThat(filter.firstOf(List.of("docs/a.png", "README.md"))).isEmpty();
        assertThat(filter.firstOf(List.of("docs/a.png", "pom.xml"))).contains("pom.xml");
    }

    @Test
    void asksNoMoreWhereVeryManyFilesChanged() {
        assertThat(PathFilter.of(List.of("src/**")).firstOf(Collections.nCopies(50_001, "docs/a")))
                .contains("docs/a");
    }

    @Test
    void refusesWhatIsNoPattern() {
        assertThat(Refusal.of(() -> Glob.parse(" ")))
                .isEqualTo("'' is not a pattern for names: it is empty or longer than 500 characters."
                        + " Write it as in src/** or release-*.");
        assertThat(Refusal.of(() -> PathFilter.of(List.of("a[b"))))
                .isEqualTo("'a[b' is not a pattern for names: a '[' has no ']'."
                        + " Write [[] for the character '[' itself.");
    }
}
