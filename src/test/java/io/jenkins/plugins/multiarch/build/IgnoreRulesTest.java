package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {

    /** The cases of moby/patternmatcher that Docker's documentation and tests name. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    *              | a            | true
                    *              | a/b          | true
                    **             | a/b/c        | true
                    */temp*        | a/temporary  | true
                    */temp*        | temporary    | false
                    */*/temp*      | a/b/temp     | true
                    temp?          | tempa        | true
                    temp?          | temp         | false
                    **/*.go        | a/b/c.go     | true
                    **/*.go        | c.go         | true
                    *.go           | a/c.go       | false
                    dir/**         | dir/a/b      | true
                    dir/**         | dir          | false
                    **/dir2/*      | dir1/dir2/f  | true
                    **/dir2/**     | dir2/x/y     | true
                    a/**/b         | a/b          | true
                    a/**/b         | a/x/y/b      | true
                    /abs           | abs          | true
                    ./rel/         | rel/x        | true
                    a/../b         | b            | true
                    [a-c].txt      | b.txt        | true
                    [a-c].txt      | d.txt        | false
                    [^a].txt       | b.txt        | true
                    a.c            | abc          | false
                    a\\*b          | a*b          | true
                    a\\*b          | axb          | false
                    ünï*           | ünïx         | true
                    a+(b)$         | a+(b)$       | true
                    """)
    void fitsAsInDocker(String rule, String path, boolean ignored) {
        assertThat(IgnoreRules.parse(rule).ignores(path)).isEqualTo(ignored);
    }

    @Test
    void letsTheLastRuleDecide() {
        IgnoreRules rules = IgnoreRules.parse("# comment\n\n*.md\n!README*.md\nREADME-secret.md\n");

        assertThat(rules.ignores("a.md")).isTrue();
        assertThat(rules.ignores("README.md")).isFalse();
        assertThat(rules.ignores("README-secret.md")).isTrue();
        assertThat(rules.ignores("# comment")).isFalse();
    }

    @Test
    void refusesARuleThatIsNoPattern() {
        assertThatThrownBy(() -> IgnoreRules.parse("a[b"))
                .hasMessage("'a[b' in .dockerignore is not a pattern. Close its brackets.");
    }
}
