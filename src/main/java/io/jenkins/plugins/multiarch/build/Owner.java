package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** To whom files belong, as {@code --chown} and USER say it: numbers, or names of the stage's own users and groups. */
record Owner(long uid, long gid) {
    static final Owner ROOT = new Owner(0, 0);

    /** The longest /etc/passwd or /etc/group, in bytes. */
    private static final int MAX_LENGTH = 4 << 20;

    /** Reads {@code user}, {@code user:group} or {@code :group}, each by number or name. */
    static Owner parse(String text, SourceTree tree, Instruction instruction) throws IOException, InterruptedException {
        String[] parts = text.split(":", 2);
        Owner user = parts[0].isEmpty() ? ROOT : user(parts[0], tree, instruction);
        boolean grouped = parts.length == 2 && !parts[1].isEmpty();
        return grouped ? new Owner(user.uid, group(parts[1], tree, instruction)) : user;
    }

    private static Owner user(String name, SourceTree tree, Instruction instruction)
            throws IOException, InterruptedException {
        if (isNumber(name)) {
            return new Owner(Long.parseLong(name), Long.parseLong(name));
        }
        String[] fields =
                line("etc/passwd", name, tree, 4).orElseThrow(() -> unknown("user", name, "/etc/passwd", instruction));
        return new Owner(Long.parseLong(fields[2]), Long.parseLong(fields[3]));
    }

    private static long group(String name, SourceTree tree, Instruction instruction)
            throws IOException, InterruptedException {
        if (isNumber(name)) {
            return Long.parseLong(name);
        }
        String[] fields =
                line("etc/group", name, tree, 3).orElseThrow(() -> unknown("group", name, "/etc/group", instruction));
        return Long.parseLong(fields[2]);
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,10}");
    }

    private static Optional<String[]> line(String path, String name, SourceTree tree, int fields)
            throws IOException, InterruptedException {
        Optional<FileNode> file =
                tree.find(tree.resolve(path)).filter(node -> node.entry().isFile());
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = file.get().content().open()) {
            String text = new String(in.readNBytes(MAX_LENGTH), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> line.split(":", -1))
                    .filter(line -> line.length >= fields && line[0].equals(name))
                    .filter(line -> List.of(line).subList(2, fields).stream().allMatch(Owner::isNumber))
                    .findFirst();
        }
    }

    private static RuntimeException unknown(String kind, String name, String file, Instruction instruction) {
        return instruction.refused(
                "the " + kind + " '" + Shown.of(name) + "' is not in " + file + " of the stage",
                "Write its number, or copy " + file + " first.");
    }
}
