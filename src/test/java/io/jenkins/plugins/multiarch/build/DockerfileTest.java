package io.jenkins.plugins.multiarch.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {

    private static List<Instruction> parsed(String... lines) {
        return Dockerfile.parse("FROM scratch\n" + String.join("\n", lines))
                .stages()
                .get(0)
                .instructions();
    }

    private static String shown(List<Instruction> instructions) {
        return String.join(
                "\n",
                instructions.stream()
                        .map(i -> i.line() + " " + i.keyword() + " " + i.flags() + " <" + i.text() + ">")
                        .toList());
    }

    @Test
    void joinsLinesAndSkipsCommentsBetweenThem() {
        List<Instruction> all = parsed(
                "# comment",
                "copy --chown=1:1 --link a \\",
                "    # comment inside",
                "",
                "  b \\  ",
                "  /c/",
                "",
                "  env A=\"#no comment\" B=\\\\",
                "USER me");

        assertThat(shown(all)).isEqualTo("""
                        3 COPY [--chown=1:1, --link] <a   b   /c/>
                        9 ENV [] <A="#no comment" B=\\\\>
                        10 USER [] <me>""");
    }

    @Test
    void continuesLinesWithTheEscapeCharacterThatADirectiveNames() {
        Dockerfile dockerfile =
                Dockerfile.parse("# escape=`\n# syntax=docker/dockerfile:1\nFROM scratch\nCOPY a `\nb\\");

        assertThat(dockerfile.escape()).isEqualTo('`');
        assertThat(shown(dockerfile.stages().get(0).instructions())).isEqualTo("4 COPY [] <a b\\>");
    }

    @Test
    void takesADirectiveBehindACommentForAComment() {
        assertThat(Dockerfile.parse("# hello\n# escape=`\nFROM scratch").escape())
                .isEqualTo('\\');
    }

    @Test
    void readsStagesByNameAndNumber() {
        Dockerfile dockerfile = Dockerfile.parse(
                "ARG V=1\nFROM --platform=$BUILDPLATFORM alpine:$V AS Build\nFROM scratch\nfrom build as build");

        assertThat(dockerfile.globals()).hasSize(1);
        assertThat(dockerfile.stages()).extracting(Stage::name).containsExactly("build", "", "build");
        assertThat(dockerfile.stage("build", 2)).map(Stage::index).contains(0);
        assertThat(dockerfile.stage("1", 3)).map(Stage::index).contains(1);
        assertThat(dockerfile.stage("1", 1)).isEmpty();
        assertThat(dockerfile.target(Optional.empty()).index()).isEqualTo(2);
    }

    @Test
    void readsTextsInside() {
        List<Instruction> all = parsed("COPY <<EOF <<-'End' /etc/", "a $B", "EOF", "\tx", "\tEnd", "USER me");

        assertThat(all.get(0).heredocs())
                .containsExactly(new Heredoc("EOF", true, "a $B\n"), new Heredoc("End", false, "x\n"));
        assertThat(all.get(1).keyword()).isEqualTo("USER");
    }

    @Test
    void takesJsonThatIsNoneForWords() {
        List<Instruction> all = parsed("CMD [\"a\", \"b c\"]", "CMD [ \"a\" ] b", "CMD ['a']");

        assertThat(all.get(0).json()).contains(List.of("a", "b c"));
        assertThat(all.get(1).json()).isEmpty();
        assertThat(all.get(2).json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FROM scratch\\nCOYP a b  | Dockerfile line 2: 'COYP' is not an instruction. Check how it is spelled.
                    USER me\\nFROM scratch  | Dockerfile line 1: USER stands before the first FROM. Only ARG may; put a FROM before it.
                    ARG A                  | The Dockerfile has no FROM. Begin it with FROM scratch, or with an image.
                    FROM                   | Dockerfile line 1: FROM needs one image, and may have a name. Write FROM image AS name.
                    FROM a b c d           | Dockerfile line 1: FROM needs one image, and may have a name. Write FROM image AS name.
                    FROM a AS 1            | Dockerfile line 1: '1' is not a name of a stage. Begin it with a letter, then letters, digits, '-', '_' or '.'.
                    FROM --x=1 a           | Dockerfile line 1: FROM --x is beyond the daemonless builder. Use the builder buildx or buildah.
                    # escape=x             | Dockerfile line 1: the escape character 'x' is not known. Write \\ or `.
                    # syntax=me/own:1      | Dockerfile line 1: the syntax 'me/own:1' is another language. Use docker/dockerfile:1, or the builder buildx.
                    FROM a\\nCOPY <<E /x\\ny | Dockerfile line 2: the text <<E has no end. End it with a line that holds E alone.
                    """)
    void refusesWhatIsNoDockerfile(String text, String message) {
        assertThatThrownBy(() -> Dockerfile.parse(text.replace("\\n", "\n"))).hasMessage(message);
    }

    @Test
    void saysWhichStagesThereAre() {
        Dockerfile dockerfile = Dockerfile.parse("FROM scratch AS a\nFROM scratch");

        assertThatThrownBy(() -> dockerfile.target(Optional.of("b")))
                .hasMessage("The Dockerfile has no stage 'b'. Name one of: a, 1.");
    }
}
