package io.jenkins.plugins.multiarch.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link of the documentation leads somewhere, and the README's two commands are there to be run. */
class DocsTest {
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern FENCED = Pattern.compile("```.*?```", Pattern.DOTALL);

    @ParameterizedTest
    @MethodSource("pages")
    void leadsSomewhereByEachLink(Path page) throws IOException {
        String text = FENCED.matcher(Files.readString(page)).replaceAll("");

        for (MatchResult link : LINK.matcher(text).results().toList()) {
            String target = link.group(1);
            if (!target.matches("[a-z]+:.*")) {
                assertThat(leadsSomewhere(page, target))
                        .as(page + " to " + target)
                        .isTrue();
            }
        }
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Stream.of(Path.of("docs"), Path.of("work"), Path.of("src/demo"))
                        .filter(Files::isDirectory)
                        .flatMap(DocsTest::below);
                Stream<Path> top = Files.list(Path.of(""))) {
            return Stream.concat(files, top).filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    private static Stream<Path> below(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        int hash = target.indexOf('#');
        String file = hash < 0 ? target : target.substring(0, hash);
        Path other = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!Files.exists(other)) {
            return false;
        }
        return hash < 0 || anchors(other).contains(target.substring(hash + 1));
    }

    /** As GitHub makes them of headings. */
    private static List<String> anchors(Path page) throws IOException {
        String text = FENCED.matcher(Files.readString(page)).replaceAll("");
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toList());
    }

    @Test
    void namesInTheReadmeTheCommandsAndFilesOfTheBuild() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(readme).contains("```sh\nmvn verify\nmvn -Pdemo\n```");
        assertThat(pom).contains("<id>demo</id>");
        assertThat(readme).contains("target/multiarch-release.hpi", "target/multiarch-release-cli.jar", "target/demo/");
        assertThat(pom).contains("<artifactId>multiarch-release</artifactId>");
        assertThat(Path.of("src/assembly/cli.xml")).content().contains("<id>cli</id>");
        assertThat(Path.of("src/test/java/io/jenkins/plugins/multiarch/demo/Demo.java"))
                .exists();
    }

    @Test
    void linksEveryPageOfTheDocumentationFromItsIndex() throws IOException {
        String index = Files.readString(Path.of("docs/index.md"));

        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".md"))
                            .map(file -> Path.of("docs").relativize(file).toString())
                            .filter(file -> !file.equals("index.md")))
                    .allSatisfy(file -> assertThat(index).contains("(" + file + ")"));
        }
    }
}
