package io.jenkins.plugins.multiarch.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
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
    private static final Set<String> REFUSALS = Set.of("ReleaseException", "RegistryException");
    /** Words shorter than this are found anywhere and prove nothing. */
    private static final int TELLING = 4;

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

        assertThat(rows())
                .filteredOn(row -> refusals.stream().anyMatch(refusal -> anyIs(row.message(), refusal.facts(), true)))
                .allSatisfy(row -> assertThat(refusals)
                        .as("cure of '" + row.message() + "'")
                        .anyMatch(refusal -> anyIs(row.message(), refusal.facts(), true)
                                && anyIs(row.cure(), refusal.cures(), false)));
    }

    @Test
    void hasATestForEveryRow() throws IOException {
        Collection<String> tests = Stream.of("src/test/java", "src/harness-test/java")
                .flatMap(folder -> SourceTexts.texts(Path.of(folder)).values().stream())
                .toList();

        assertThat(rows().stream()
                        .map(Row::message)
                        .filter(message ->
                                tests.stream().noneMatch(texts -> words(message).allMatch(texts::contains))))
                .as("rows of " + PAGE + " whose words are in no test class")
                .isEmpty();
    }

    @Test
    void hasEveryRowOnce() throws IOException {
        assertThat(rows().stream().map(Row::message)).doesNotHaveDuplicates();
    }

    private static boolean anyIs(String text, List<String> patterns, boolean telling) {
        return patterns.stream().anyMatch(pattern -> (!telling || isTelling(pattern)) && couldBe(text, pattern));
    }

    private static boolean isTelling(String message) {
        return words(message).findAny().isPresent();
    }

    private static boolean couldBe(String text, String pattern) {
        String regex = Arrays.stream(pattern.split(SourceTexts.GAP, -1))
                .map(part -> Pattern.quote(part.strip()))
                .collect(Collectors.joining("(?s).*"));
        return text.matches("\\s*" + regex + "\\s*");
    }

    /** Parted also between fact and reason, which tests of many reasons put together themselves. */
    private static Stream<String> words(String message) {
        return Arrays.stream(message.split(SourceTexts.GAP + "|: |; |\\.$", -1))
                .filter(part -> part.replaceAll("[^A-Za-z]", "").length() >= TELLING);
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
