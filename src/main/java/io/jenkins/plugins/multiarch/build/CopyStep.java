package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.layout.Compression;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Carries out one COPY or ADD on a plan. */
final class CopyStep {
    private final Instruction instruction;
    private final ShellWords words;
    private final StageState stage;
    private final Instant time;
    private final Path temporary;
    private final List<String> sources;
    private final String destination;

    CopyStep(Instruction instruction, ShellWords words, StageState stage, Instant time, Path temporary) {
        this.instruction = instruction;
        this.words = words;
        this.stage = stage;
        this.time = time;
        this.temporary = temporary;
        List<String> all = new ArrayList<>();
        instruction.words().stream()
                .filter(word -> instruction.heredocs().isEmpty() || !word.contains("<<"))
                .forEach(word -> all.add(words.expand(word)));
        if (all.isEmpty() || all.size() + instruction.heredocs().size() < 2) {
            throw instruction.refused(
                    instruction.keyword() + " needs a source and a destination",
                    "Write " + instruction.keyword() + " source destination.");
        }
        this.sources = List.copyOf(all.subList(0, all.size() - 1));
        this.destination = all.get(all.size() - 1);
        refuseSeveralIntoOne();
        sources.forEach(this::refuseRemote);
    }

    private boolean intoFolder() {
        return destination.endsWith("/")
                || destination.endsWith("/.")
                || destination.equals(".")
                || destination.isEmpty();
    }

    private void refuseSeveralIntoOne() {
        if (sources.size() + instruction.heredocs().size() > 1 && !intoFolder()) {
            throw instruction.refused(
                    "several sources cannot become the one file '" + Shown.of(destination) + "'",
                    "End the destination with '/'.");
        }
    }

    private void refuseRemote(String source) {
        if (instruction.keyword().equals("ADD") && (source.contains("://") || source.startsWith("git@"))) {
            throw instruction.unable("ADD of an address");
        }
    }

    /** What history says. */
    String createdBy() {
        List<String> parts = new ArrayList<>(List.of(instruction.keyword()));
        instruction.flag("chown").ifPresent(value -> parts.add("--chown=" + words.expand(value)));
        instruction.flag("chmod").ifPresent(value -> parts.add("--chmod=" + words.expand(value)));
        instruction.heredocs().forEach(heredoc -> parts.add("<<" + heredoc.name()));
        parts.addAll(sources);
        parts.add(destination);
        return String.join(" ", parts) + " # daemonless";
    }

    void copy(SourceTree source, LayerPlan plan) throws IOException, InterruptedException {
        FileCopy copy = new FileCopy(instruction, source, plan, owner(), mode());
        String workdir = stage.config().text("WorkingDir");
        String target = destination.startsWith("/") ? destination : workdir + "/" + destination;
        String cleaned = cleaned(target);
        for (String pattern : sources) {
            for (String path : copy.matches(pattern)) {
                if (!unpacked(copy, path, cleaned, plan)) {
                    copy.copy(path, cleaned, intoFolder());
                }
            }
        }
        for (Heredoc heredoc : instruction.heredocs()) {
            write(heredoc, cleaned, plan);
        }
    }

    private void write(Heredoc heredoc, String target, LayerPlan plan) throws IOException, InterruptedException {
        String text = heredoc.expanded() ? expandedLines(heredoc) : heredoc.content();
        int size = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        FileTree single = FileTree.empty();
        TarEntry file = TarEntry.file(heredoc.name(), 0644, size).withModified(time);
        single.put(new FileNode(file, new Content.Text(text)));
        new FileCopy(instruction, single, plan, owner(), mode()).copy(heredoc.name(), target, intoFolder());
    }

    /** Quotes mean nothing in such a text, only variables do. */
    private String expandedLines(Heredoc heredoc) {
        return new ShellWords('\\', stage.variables(), instruction).expandText(heredoc.content());
    }

    private static String cleaned(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private Optional<Owner> owner() throws IOException, InterruptedException {
        Optional<String> text = instruction.flag("chown");
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(Owner.parse(words.expand(text.get()), stage.tree(), instruction));
    }

    private OptionalInt mode() {
        Optional<String> text = instruction.flag("chmod").map(words::expand);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("[0-7]{3,4}")) {
            throw instruction.unable("--chmod=" + Shown.of(text.get()));
        }
        return OptionalInt.of(Integer.parseInt(text.get(), 8));
    }

    /** ADD unpacks a local tar archive, compressed or not, into the destination; false if this is none. */
    private boolean unpacked(FileCopy copy, String path, String target, LayerPlan plan)
            throws IOException, InterruptedException {
        if (!instruction.keyword().equals("ADD")) {
            return false;
        }
        FileNode node = copy.sourceNode(path);
        if (!node.entry().isFile() || !isArchive(node)) {
            return false;
        }
        Archive archive = new Archive(
                "Dockerfile line " + instruction.line() + ": '" + path + "'",
                node.content()::open,
                Optional.empty(),
                temporary);
        new Unpacking(instruction, plan, plan.tree().resolve(target), copy).unpack(archive);
        return true;
    }

    private boolean isArchive(FileNode file) throws IOException, InterruptedException {
        byte[] start;
        try (InputStream in = file.content().open()) {
            start = in.readNBytes(6);
        }
        Compression compression = Compression.of(start);
        if (compression != Compression.NONE && compression != Compression.GZIP) {
            throw instruction.unable(
                    "ADD of a file compressed with " + compression.name().toLowerCase(java.util.Locale.ROOT));
        }
        return Unpacking.isArchive(file.content());
    }
}
