package io.jenkins.plugins.multiarch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Keeps what the documentation says about the command line true: examples run, flags exist, and all are named. With
 * {@code -Ddocs.update=true} the examples' output is written into the page; read the difference before it is committed.
 */
class DocumentedCommandsTest {
    private static final Path PAGE = Path.of("docs/cli.md");
    private static final Pattern CONSOLE = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FLAG = Pattern.compile("`(--[a-z-]+)`");
    private static final List<String> SHARED = List.of(
            "--credentials-file", "--plain-http", "--ca-certificate", "--json", "--debug", "--help", "--version");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"docs/cli.md", "docs/release-plan.md"})
    void showsWhatItsExamplesReallyPrint(Path file) throws IOException {
        try (FakeRegistry registry = FakeRegistry.start()) {
            String page = Files.readString(file);

            String ran = CONSOLE.matcher(page)
                    .replaceAll(
                            block -> Matcher.quoteReplacement("```console\n" + run(block.group(1), registry) + "```"));

            if (Boolean.getBoolean("docs.update")) {
                Files.writeString(file, ran);
            }
            assertThat(ran).isEqualTo(page);
        }
    }

    private String run(String block, FakeRegistry registry) {
        StringBuilder shown = new StringBuilder();
        block.lines().filter(line -> line.startsWith("$ ")).forEach(command -> {
            shown.append(command).append('\n');
            String[] words = Arrays.stream(command.split(" "))
                    .skip(2)
                    .map(word -> word.replace("localhost:5000", registry.address())
                            .replace("tested.json", record().toString())
                            .replace("staged/", folder + "/staged/"))
                    .toArray(String[]::new);
            shown.append(output(words)
                    .replace(registry.address(), "localhost:5000")
                    .replace(record().toString(), "tested.json")
                    .replace(folder + "/staged/", "staged/")
                    .replaceAll("--apply sha256:[0-9a-f]{64}", "--apply sha256:…")
                    .replaceAll("--apply [0-9]{8}T[0-9]{6}Z-[0-9a-f]{64}", "--apply 20261121T201000Z-…"));
        });
        return shown.toString();
    }

    private Path record() {
        return folder.resolve("tested.json");
    }

    /** Both streams as a terminal shows them. */
    private String output(String... words) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(both, true, StandardCharsets.UTF_8);
        Main.run(
                new Surroundings(print, print, Map.of("XDG_STATE_HOME", folder.toString()), Path.of("nobody"), false),
                words);
        return both.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void namesEveryFlagOfAVerbAndNoOther(String verb) throws IOException {
        String section = Files.readString(PAGE).split("\n## " + verb + "\n")[1].split("\n## ")[0];

        List<String> documented = Pattern.compile("^\\| (`--.*?) \\|", Pattern.MULTILINE)
                .matcher(section)
                .results()
                .flatMap(row -> FLAG.matcher(row.group(1)).results())
                .map(flag -> flag.group(1))
                .toList();
        List<String> real = spec(verb).options().stream()
                .flatMap(option -> Arrays.stream(option.names()))
                .filter(name -> name.startsWith("--") && !SHARED.contains(name))
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(real);
    }

    static Stream<String> verbs() {
        return Stream.of(
                "plan",
                "inspect",
                "build",
                "gate record",
                "gate verify",
                "publish-index",
                "copy",
                "stage",
                "unstage",
                "promote",
                "rollback",
                "channel",
                "push-artifact",
                "attest",
                "verify",
                "sign-file",
                "demo");
    }

    @Test
    void namesTheFlagsThatAllVerbsShare() throws IOException {
        String section = Files.readString(PAGE)
                .split("\n## What holds for all of them\n")[1]
                .split("\n## ")[0];

        assertThat(FLAG.matcher(section).results().map(flag -> flag.group(1))).containsAll(SHARED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/cli.md", "docs/release-plan.md"})
    void writesCommandsThatTheProgramUnderstands(Path page) throws IOException {
        for (String command : commands(Files.readString(page))) {
            String[] words = command.replace("…", "0".repeat(64)).split("\\s+");

            CommandLine line = Main.commandLine(new Surroundings(System.out, System.err, Map.of(), page, false), words);

            assertThat(line.parseArgs(words).errors()).as(command).isEmpty();
        }
    }

    /** What stands behind the program's name in the shell blocks of a page. */
    private static List<String> commands(String page) {
        List<String> commands = new ArrayList<>();
        Pattern program = Pattern.compile("^(?:multiarch-release|java -jar \\S*multiarch-release-cli\\.jar) (.*)$");
        for (MatchResult block : SHELL.matcher(page).results().toList()) {
            block.group(1)
                    .replace("\\\n", " ")
                    .lines()
                    .map(line -> program.matcher(line.strip()))
                    .filter(line -> line.matches())
                    .forEach(line -> commands.add(line.group(1)));
        }
        return commands;
    }

    private static CommandSpec spec(String verb) {
        String[] words = verb.split(" ");
        CommandLine line = Main.commandLine(new Surroundings(System.out, System.err, Map.of(), PAGE, false), words);
        for (String word : words) {
            line = line.getSubcommands().get(word);
        }
        return line.getCommandSpec();
    }
}
