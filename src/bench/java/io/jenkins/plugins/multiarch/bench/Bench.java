package io.jenkins.plugins.multiarch.bench;

import io.jenkins.plugins.multiarch.tools.RealTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code mvn -Pbench}: every comparison of docs/performance.md, one table at the end, also in {@code target/bench.md}.
 * Names as arguments measure only the comparisons that hold one of them.
 */
public final class Bench {
    private static final int ROUNDS = 5;

    private Bench() {}

    public static void main(String[] names) throws Exception {
        RealTools.require("registry", "registry-basic", "skopeo", "oras", "buildah");
        Path folder = Files.createTempDirectory("bench");
        try {
            List<String> rows = new ArrayList<>();
            rows.add("| job | ours | peer | ours / peer | promised |");
            rows.add("|---|---|---|---|---|");
            for (Comparison comparison : new Transfers(folder).comparisons()) {
                if (names.length == 0 || Stream.of(names).anyMatch(comparison.name()::contains)) {
                    rows.add(comparison.measure(ROUNDS).row());
                    System.out.println(rows.get(rows.size() - 1));
                }
            }
            System.out.println("\n" + String.join("\n", rows) + "\n");
            Files.write(Files.createDirectories(Path.of("target")).resolve("bench.md"), rows);
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
