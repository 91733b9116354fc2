package io.jenkins.plugins.multiarch.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/errors.md against the sources in both directions.
 *
 * <p>A message in the sources is the first argument of a new refusal, its parts that are known at run time only being gaps.
 * A row documents it where the row's message, gaps filled, could come from there. A message that is all gaps, because a
 * method is handed its parts, is seen where those are put together or not at all. A row is tested where one test class holds
 * all of its words; whether it asserts them, only a reader can see.
 */
class ErrorsDocTest {
    private static final Path PAGE = Path.of("docs/errors.md");
    private static final Set<String> REFUSALS =
            Set.of("ReleaseException", "RegistryException", "WrongContentException");
    /** Words shorter than this are found anywhere and prove nothing. */
    private static final int TELLING = 4;

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern GAPS = Pattern.compile("…(?:[:@/ ]*…)+");
    private static final Map<String, Pattern> PATTERNS = new HashMap<>();
    private static final Map<String, String> JOINED = new HashMap<>();

    private record Row(String message, String when, String cure) {}

    @Test
    void hasARowForEveryMessageInTheSources() throws IOException {
        List<Row> rows = rows();

        List<String> missing = new ArrayList<>();
        for (SourceTexts.Refusal refusal : SourceTexts.refusals(Path.of("src/main/java"), REFUSALS)) {
            for (String fact : refusal.facts()) {
                if (isTelling(fact) && rows.stream().noneMatch(row -> couldBe(row.message(), fact))) {
                    missing.add(refusal.place() + ": " + fact + " | " + refusal.cures());
                }
            }
        }
        assertThat(missing).as("refusals without a row in " + PAGE).isEmpty();
    }

    @Test
    void saysTheCureThatTheSourcesSay() throws IOException {
        List<SourceTexts.Refusal> refusals = SourceTexts.refusals(Path.of("src/main/java"), REFUSALS);

        List<Row> other = new ArrayList<>();
        for (Row row : rows()) {
            List<SourceTexts.Refusal> same = refusals.stream()
                    .filter(refusal ->
                            refusal.facts().stream().anyMatch(fact -> isTelling(fact) && couldBe(row.message(), fact)))
                    .toList();
            if (!same.isEmpty()
                    && !row.cure().startsWith("Depends on ")
                    && same.stream().noneMatch(refusal -> hasCure(refusal, row.cure()))) {
                other.add(row);
            }
        }
        assertThat(other).as("rows whose cure is another in the sources").isEmpty();
    }

    private static boolean hasCure(SourceTexts.Refusal refusal, String cure) {
        return refusal.cures().stream().anyMatch(pattern -> couldBe(cure, pattern));
    }

    @Test
    void hasATestForEveryRow() throws IOException {
        Map<Path, String> tests = new HashMap<>();
        for (String folder : List.of("src/test/java", "src/harness-test/java")) {
            tests.putAll(SourceTexts.texts(Path.of(folder)));
        }
        tests.keySet().removeIf(file -> file.endsWith("ErrorsDocTest.java"));

        assertThat(rows().stream()
                        .map(Row::message)
                        .filter(message -> tests.values().stream()
                                .noneMatch(texts -> words(message).allMatch(texts::contains))))
                .as("messages whose words are in no test class")
                .isEmpty();
    }

    @Test
    void hasNoRowWhoseWordsTheSourcesDoNotHave() throws IOException {
        Collection<String> sources = SourceTexts.texts(Path.of("src/main/java")).values();
        List<String> facts = SourceTexts.refusals(Path.of("src/main/java"), REFUSALS).stream()
                .flatMap(refusal -> refusal.facts().stream())
                .filter(fact -> letters(fact) >= TELLING)
                .toList();

        assertThat(rows().stream()
                        .map(Row::message)
                        .filter(message -> facts.stream().noneMatch(fact -> couldBe(message, fact)))
                        .filter(message -> !words(message)
                                .allMatch(word -> sources.stream().anyMatch(texts -> texts.contains(word)))))
                .as("messages whose words are in no source")
                .isEmpty();
    }

    @Test
    void hasEveryRowOnce() throws IOException {
        assertThat(rows().stream().map(Row::message)).doesNotHaveDuplicates();
    }

    private static boolean isTelling(String message) {
        return words(message).findAny().isPresent();
    }

    private static boolean couldBe(String row, String message) {
        return PATTERNS.computeIfAbsent(message, ErrorsDocTest::pattern)
                .matcher(JOINED.computeIfAbsent(row, ErrorsDocTest::joined))
                .matches();
    }

    private static Pattern pattern(String message) {
        return Pattern.compile(Arrays.stream(joined(message).split(SourceTexts.GAP, -1))
                .map(part -> Pattern.quote(part.strip()))
                .collect(Collectors.joining("(?s).*", "\\s*", "\\s*")));
    }

    /** A reference is one gap for readers, whatever it is put together from. */
    private static String joined(String text) {
        return GAPS.matcher(BLANKS.matcher(text).replaceAll(" ")).replaceAll(SourceTexts.GAP);
    }

    /** Parted also where sources and tests put reasons, names and numbers together. */
    private static Stream<String> words(String message) {
        return Arrays.stream(message.split("…|: |; | - |\\. |'|[0-9]+|\\.$", -1))
                .map(String::strip)
                .filter(part -> letters(part) >= TELLING);
    }

    private static int letters(String text) {
        return text.replaceAll("[^A-Za-z]", "").length();
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| message |"))
                .map(line -> line.replace("\\|", "\u0000").split(" \\| "))
                .map(cells -> new Row(cell(cells[0]), cell(cells[1]), cell(cells[2])))
                .toList();
    }

    private static String cell(String text) {
        return text.replaceAll("^\\| |\\s*\\|$", "")
                .replace("\u0000", "|")
                .replace("<br>", "\n")
                .strip();
    }
}
