package io.jenkins.plugins.multiarch.promote;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another Java machine that promotes with a folder of ours; it says on a line of its own when it has got somewhere. */
final class OtherProcess implements AutoCloseable {
    private static final int LIMIT = 4096;

    private final Process process;
    private final BufferedReader said;

    private OtherProcess(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    /** One that has the turn of a tag, for ever. */
    static OtherProcess withTurn(Path folder, TagName name) throws IOException {
        return start("exec ", "turn", folder, name);
    }

    /** One that can write only so much into any file, and writes the journal of a promotion that does not fit. */
    static OtherProcess withoutRoomForThePlan(Path folder, TagName name) throws IOException {
        return start("ulimit -f 4; exec ", "plan", folder, name);
    }

    /** As {@link #withoutRoomForThePlan}, where its end is all that does not fit. */
    static OtherProcess withoutRoomForTheEnd(Path folder, TagName name) throws IOException {
        return start("ulimit -f 4; exec ", "end", folder, name);
    }

    private static OtherProcess start(String shell, String what, Path folder, TagName name) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "'" + java + "' -XX:-UsePerfData -Xshare:auto -cp '" + classPath() + "' "
                + OtherProcess.class.getName() + " " + what + " '" + folder + "' " + name.repository() + " "
                + name.tag();
        return new OtherProcess(new ProcessBuilder("bash", "-c", shell + command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static String classPath() {
        return Stream.of(
                        OtherProcess.class,
                        PromotionFolder.class,
                        ObjectMapper.class,
                        JsonFactory.class,
                        JsonProperty.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(place -> Path.of(URI.create(place.toString())).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    String line() throws IOException {
        return said.readLine();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PromotionFolder folder = PromotionFolder.at(Path.of(arguments[1]));
        TagName name = new TagName(Repository.parse(arguments[2]), new Tag(arguments[3]));
        TagChange change = new TagChange(name, Optional.empty(), Digest.sha256(new byte[0]));
        switch (arguments[0]) {
            case "turn" -> {
                folder.locks().take(List.of(name), line -> System.out.println("waits"));
                System.out.println("has it");
                System.in.read();
            }
            case "plan" -> {
                try (FileJournal journal = folder.journal()) {
                    writeTooMuch(journal, new JournalEntry.Planned(Collections.nCopies(50, change)));
                }
            }
            default -> {
                try (FileJournal journal = folder.journal()) {
                    journal.append(new JournalEntry.Planned(List.of(change)));
                    journal.append(new JournalEntry.Restoring("x".repeat(roomBehind(change))));
                    writeTooMuch(journal, new JournalEntry.Ended(JournalEntry.Outcome.RESTORED));
                }
            }
        }
    }

    private static int roomBehind(TagChange change) {
        int written =
                new JournalEntry.Planned(List.of(change)).toJson().toString().length() + 1;
        return LIMIT
                - 10
                - written
                - new JournalEntry.Restoring("").toJson().toString().length();
    }

    private static void writeTooMuch(FileJournal journal, JournalEntry entry) {
        try {
            journal.append(entry);
            System.out.println("could write it");
        } catch (IOException e) {
            System.out.println("could not write it");
        }
    }
}
