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
        RealTools.require("registry", "registry-basic", "skopeo", "oras", "buildah", "cosign");
        Path folder = Files.createTempDirectory("bench");
        try {
            List<String> rows = new ArrayList<>();
            rows.add("| job | ours | peer | ours / peer | promised |");
            rows.add("|---|---|---|---|---|");
            for (Comparison comparison : comparisons(folder)) {
                if (names.length == 0 || Stream.of(names).anyMatch(comparison.name()::contains)) {
                    rows.add(comparison.measure(ROUNDS).row());
                    System.out.println(rows.get(rows.size() - 1));
                }
            }
            if (names.length == 0) {
                rows.add("");
                rows.add(Evidence.signing());
                rows.addAll(Pruned.rows());
                rows.add("A blob of 2 GiB pushed, pulled and copied with -Xmx64m: "
                        + (fitsInto64Megabytes() ? "yes." : "**no**."));
            }
            System.out.println("\n" + String.join("\n", rows) + "\n");
            Files.write(Files.createDirectories(Path.of("target")).resolve("bench.md"), rows);
        } finally {
            remove(folder);
        }
    }

    private static List<Comparison> comparisons(Path folder) {
        List<Comparison> all = new ArrayList<>(new Transfers(folder).comparisons());
        all.addAll(new Builds(folder).comparisons());
        all.addAll(new Promotions(folder).comparisons());
        all.addAll(new Evidence(folder).comparisons());
        return all;
    }

    /** A process of its own, for a heap of its own. */
    private static boolean fitsInto64Megabytes() throws IOException, InterruptedException {
        return new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx64m",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                Memory.class.getName())
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
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
