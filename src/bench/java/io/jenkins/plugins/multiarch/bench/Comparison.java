package io.jenkins.plugins.multiarch.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One job done by us and by a peer.
 *
 * @param preparation what is not measured: new content for each round, so that no tool can remember it from the last
 * @param target the ratio we promise to stay under, or 0 where nothing was promised
 * @param warmUp how often we do it before anything is measured; a peer is a new process each time
 */
record Comparison(String name, String peer, double target, Job preparation, Job ours, Job theirs, int warmUp) {
    private static final int FEW = 2;

    Comparison(String name, String peer, double target, Job preparation, Job ours, Job theirs) {
        this(name, peer, target, preparation, ours, theirs, FEW);
    }

    /** The same after more runs of ours: what takes milliseconds is judged as in a process that has long been up. */
    Comparison warmedUp(int runs) {
        return new Comparison(name, peer, target, preparation, ours, theirs, runs);
    }

    /** One measured piece of work; it gets a number that no other run of it has. */
    @FunctionalInterface
    interface Job {
        void run(int number) throws Exception;
    }

    /**
     * Medians in seconds.
     *
     * @param ratio the median of the ratios, pair by pair: what holds when the machine's speed drifts
     */
    record Result(Comparison comparison, double ours, double theirs, double ratio) {

        String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.3f s | %s %.3f s | **%.2f** | %s |",
                    comparison.name,
                    ours,
                    comparison.peer,
                    theirs,
                    ratio,
                    comparison.target == 0 ? "" : String.format(Locale.ROOT, "%.2f", comparison.target));
        }
    }

    /** Both in turn, so that what else the machine does hits both alike. */
    Result measure(int rounds) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int number = 0; number < warmUp; number++) {
            preparation.run(number);
            ours().run(number);
        }
        for (int number = warmUp; number < warmUp + rounds; number++) {
            preparation.run(number);
            double we = seconds(ours(), number);
            double they = seconds(theirs(), number);
            ours.add(we);
            theirs.add(they);
            ratios.add(we / they);
        }
        return new Result(this, median(ours), median(theirs), median(ratios));
    }

    private static double seconds(Job job, int number) throws Exception {
        long start = System.nanoTime();
        job.run(number);
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
