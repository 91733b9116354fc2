package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Carries out the instructions that change the configuration; those that change files go to {@link FileSteps}. */
final class StageSteps {
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp))?");
    private static final List<String> DEFAULT_SHELL = List.of("/bin/sh", "-c");
    private static final Set<String> NO_TRIGGERS = Set.of("ONBUILD", "FROM", "MAINTAINER");

    private final char escape;
    private final StageState stage;
    private final FileSteps files;
    private final Map<String, String> buildArguments;
    private final Map<String, String> globals;
    private boolean hasCommand;

    StageSteps(
            char escape,
            StageState stage,
            FileSteps files,
            Map<String, String> buildArguments,
            Map<String, String> globals) {
        this.escape = escape;
        this.stage = stage;
        this.files = files;
        this.buildArguments = buildArguments;
        this.globals = globals;
    }

    /** Carries out what the base image asks of images made from it, and forgets it. */
    void runTriggers(Instruction from) throws IOException, InterruptedException {
        List<String> triggers = stage.config().texts("OnBuild");
        stage.config().remove("OnBuild");
        for (String trigger : triggers) {
            run(DockerfileParser.trigger(trigger, escape, from.line()));
        }
    }

    void run(Instruction instruction) throws IOException, InterruptedException {
        ShellWords words = new ShellWords(escape, stage.variables(), instruction);
        switch (instruction.keyword()) {
            case "RUN" ->
                throw instruction.refused(
                        "RUN " + Shown.of(instruction.text())
                                + " needs a container engine, which the daemonless builder does without",
                        "Use the builder buildx or buildah, or do it before the build and COPY the result.");
            case "ADD", "COPY" -> files.copy(instruction, words);
            case "WORKDIR" -> files.workdir(instruction, words.expand(required(instruction)));
            case "ARG" -> arg(instruction, words);
            case "ENV" -> env(instruction, words);
            case "LABEL" -> label(instruction, words);
            case "MAINTAINER" -> maintainer(instruction);
            case "EXPOSE" -> expose(instruction, words);
            case "VOLUME" -> volume(instruction, words);
            case "USER" -> text(instruction, "User", words.expand(required(instruction)));
            case "STOPSIGNAL" -> text(instruction, "StopSignal", words.expand(required(instruction)));
            case "CMD" -> command(instruction);
            case "ENTRYPOINT" -> entrypoint(instruction);
            case "SHELL" -> shell(instruction);
            case "HEALTHCHECK" -> healthcheck(instruction);
            case "ONBUILD" -> trigger(instruction);
            default -> throw instruction.unable(instruction.keyword());
        }
    }

    private static String required(Instruction instruction) {
        if (instruction.text().isBlank()) {
            throw instruction.refused(instruction.keyword() + " has no argument", "Write one, or take the line out.");
        }
        return instruction.text();
    }

    private void note(String createdBy) {
        stage.config().history(createdBy, true);
    }

    private void text(Instruction instruction, String field, String value) {
        stage.config().text(field, value);
        note(instruction.keyword() + " " + value);
    }

    private void arg(Instruction instruction, ShellWords words) {
        List<String> noted = new ArrayList<>();
        for (String word : words.split(required(instruction))) {
            String[] parts = word.split("=", 2);
            String name = words.expand(parts[0]);
            Optional<String> value = Optional.ofNullable(buildArguments.get(name));
            if (value.isEmpty()) {
                value = parts.length == 2
                        ? Optional.of(words.expand(parts[1]))
                        : Optional.ofNullable(globals.get(name));
            }
            value.ifPresent(text -> stage.variables().put(name, text));
            noted.add(name + value.map(text -> "=" + text).orElse(""));
        }
        note("ARG " + String.join(" ", noted));
    }

    private void env(Instruction instruction, ShellWords words) {
        Map<String, String> pairs = pairs(instruction, words);
        stage.config().env(pairs);
        stage.variables().putAll(pairs);
        note("ENV " + joined(pairs));
    }

    private void label(Instruction instruction, ShellWords words) {
        Map<String, String> pairs = pairs(instruction, words);
        stage.config().addLabels(pairs);
        note("LABEL " + joined(pairs));
    }

    private static String joined(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining(" "));
    }

    /** {@code name=value …}, or in the old form one name and the rest of the line. */
    private static Map<String, String> pairs(Instruction instruction, ShellWords words) {
        List<String> all = words.split(required(instruction));
        Map<String, String> pairs = new LinkedHashMap<>();
        if (!all.get(0).contains("=")) {
            String[] old = instruction.text().split("\\s+", 2);
            if (old.length < 2) {
                throw unpaired(instruction, all.get(0));
            }
            pairs.put(words.expand(old[0]), words.expand(old[1]));
            return pairs;
        }
        for (String word : all) {
            String[] parts = word.split("=", 2);
            if (parts.length < 2 || parts[0].isEmpty()) {
                throw unpaired(instruction, word);
            }
            pairs.put(words.expand(parts[0]), words.expand(parts[1]));
        }
        return pairs;
    }

    private static RuntimeException unpaired(Instruction instruction, String word) {
        return instruction.refused(
                "'" + Shown.of(word) + "' in " + instruction.keyword() + " has no value",
                "Write name=value, and quotes around a value with blanks.");
    }

    private void maintainer(Instruction instruction) {
        stage.config().author(required(instruction));
        note("MAINTAINER " + instruction.text());
    }

    private void expose(Instruction instruction, ShellWords words) {
        List<String> ports = words.expandAll(required(instruction));
        List<String> all = new ArrayList<>();
        for (String port : ports) {
            Matcher range = PORTS.matcher(port.toLowerCase(Locale.ROOT));
            int first = range.matches() ? Integer.parseInt(range.group(1)) : -1;
            int last = first < 0 || range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (first < 0 || last < first || last > 65535) {
                throw instruction.refused(
                        "'" + Shown.of(port) + "' is not a port", "Write 0 to 65535, as in 8080 or 53/udp.");
            }
            String protocol = range.group(3) == null ? "tcp" : range.group(3);
            for (int number = first; number <= last; number++) {
                all.add(number + "/" + protocol);
            }
        }
        stage.config().addKeys("ExposedPorts", all);
        note("EXPOSE map["
                + String.join(" ", all.stream().sorted().map(p -> p + ":{}").toList()) + "]");
    }

    private void volume(Instruction instruction, ShellWords words) {
        required(instruction);
        List<String> volumes = instruction.words().stream().map(words::expand).toList();
        if (volumes.stream().anyMatch(String::isBlank)) {
            throw instruction.refused("a volume is empty", "Write its path.");
        }
        stage.config().addKeys("Volumes", volumes);
        note("VOLUME [" + String.join(" ", volumes) + "]");
    }

    private void command(Instruction instruction) {
        List<String> command = commandLine(instruction);
        stage.config().texts("Cmd", command);
        stage.config().set("ArgsEscaped", com.fasterxml.jackson.databind.node.BooleanNode.TRUE);
        hasCommand = true;
        note("CMD " + quoted(command));
    }

    private void entrypoint(Instruction instruction) {
        List<String> command = commandLine(instruction);
        stage.config().texts("Entrypoint", command);
        if (!hasCommand) {
            stage.config().remove("Cmd");
        }
        note("ENTRYPOINT " + quoted(command));
    }

    private List<String> commandLine(Instruction instruction) {
        return instruction.json().orElseGet(() -> {
            if (instruction.text().isBlank()) {
                return List.of();
            }
            List<String> shell = stage.config().texts("Shell");
            if (shell.isEmpty() && stage.config().isWindows()) {
                throw instruction.unable("the shell form of " + instruction.keyword() + " for Windows without SHELL");
            }
            List<String> all = new ArrayList<>(shell.isEmpty() ? DEFAULT_SHELL : shell);
            all.add(instruction.text());
            return all;
        });
    }

    private void shell(Instruction instruction) {
        List<String> shell = instruction
                .json()
                .filter(words -> !words.isEmpty())
                .orElseThrow(() -> instruction.refused(
                        "SHELL is not a JSON array", "Write it as in SHELL [\"/bin/bash\", \"-c\"]."));
        stage.config().texts("Shell", shell);
        note("SHELL [" + String.join(" ", shell) + "]");
    }

    private void healthcheck(Instruction instruction) {
        stage.config().set("Healthcheck", Healthcheck.of(instruction));
        note("HEALTHCHECK " + instruction.text());
    }

    private void trigger(Instruction instruction) {
        Instruction triggered = DockerfileParser.trigger(required(instruction), escape, instruction.line());
        if (NO_TRIGGERS.contains(triggered.keyword())) {
            throw instruction.refused(
                    "ONBUILD " + triggered.keyword() + " is not allowed", "Write it without ONBUILD.");
        }
        List<String> triggers = new ArrayList<>(stage.config().texts("OnBuild"));
        triggers.add(instruction.text());
        stage.config().texts("OnBuild", triggers);
        note("ONBUILD " + instruction.text());
    }

    private static String quoted(List<String> words) {
        return words.stream()
                .map(word -> '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(" ", "[", "]"));
    }
}
