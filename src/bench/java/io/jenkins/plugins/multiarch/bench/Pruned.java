package io.jenkins.plugins.multiarch.bench;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageManifest;
import io.jenkins.plugins.multiarch.image.MediaTypes;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import io.jenkins.plugins.multiarch.registry.fake.Quirks;
import io.jenkins.plugins.multiarch.retention.PlainManifestStore;
import io.jenkins.plugins.multiarch.retention.Retention;
import io.jenkins.plugins.multiarch.retention.RetentionPlan;
import io.jenkins.plugins.multiarch.retention.RetentionRequest;
import io.jenkins.plugins.multiarch.retention.RetentionRules;
import io.jenkins.plugins.multiarch.retention.TagRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/**
 * A plan for a repository of 10,000 tags and 30,000 manifests, in a process of its own with 256 MB of heap; the registry is in
 * the other process and counts.
 */
public final class Pruned {
    private static final int TAGS = 10_000;
    /** One after the other, for a controller is up for weeks. */
    private static final int PLANS = 3;

    private static final String REPOSITORY = "acme/app";

    /** What a repository may be like, and what that costs. */
    private enum Kind {
        /** Nothing but the manifests has to be read. */
        SAYING_WHEN(Quirks.GHCR, true, "whose indexes say when they were made"),
        /** It is asked for what is about each manifest that goes. */
        WITH_REFERRERS(Quirks.SPEC, true, "the same where a registry has the referrers API"),
        /** The configuration of each platform is read, for rules that go by age. */
        SAYING_NOTHING(Quirks.GHCR, false, "whose configurations alone say when they were made");

        private final Quirks registry;
        private final boolean annotated;
        private final String words;

        Kind(Quirks registry, boolean annotated, String words) {
            this.registry = registry;
            this.annotated = annotated;
            this.words = words;
        }
    }

    private Pruned() {}

    static List<String> rows() throws IOException, InterruptedException {
        List<String> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            rows.add(row(kind));
        }
        return rows;
    }

    private static String row(Kind kind) throws IOException, InterruptedException {
        try (FakeRegistry registry = FakeRegistry.builder()
                .imitating(kind.registry)
                .withPageSize(1000)
                .start()) {
            fill(registry, kind.annotated);
            registry.clearRequests();
            Process plan = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Pruned.class.getName(),
                            registry.address())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said;
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(plan.getInputStream(), StandardCharsets.UTF_8))) {
                said = String.valueOf(out.readLine());
            }
            if (!plan.waitFor(10, TimeUnit.MINUTES) || plan.exitValue() != 0) {
                return "A plan for 10,000 tags and 30,000 manifests, " + kind.words + ": **failed**.";
            }
            double manifests = 3.0 * TAGS;
            double pages = TAGS / 1000.0;
            String[] seconds = said.split(" ");
            return "A plan for 10,000 tags and 30,000 manifests with -Xmx256m, " + kind.words + ": "
                    + String.format(
                            "%.0f manifests per second in a new process, %.0f in one that has planned twice, %.3f requests"
                                    + " for each manifest and page.",
                            manifests / Double.parseDouble(seconds[0]),
                            manifests / Double.parseDouble(seconds[PLANS - 1]),
                            registry.requests().size() / (manifests + pages) / PLANS);
        }
    }

    private static void fill(FakeRegistry registry, boolean annotated) {
        for (int i = 0; i < TAGS; i++) {
            String created = "20" + (10 + i % 16) + "-01-01T00:00:" + String.format("%02d", i % 60) + "Z";
            Descriptor amd64 = child(registry, "amd64", i, created);
            Descriptor arm64 = child(registry, "arm64", i, created);
            Map<String, String> annotations =
                    annotated ? Map.of("org.opencontainers.image.created", created) : Map.of();
            ImageIndex index = registry.addManifest(REPOSITORY, ImageIndex.of(List.of(amd64, arm64), annotations));
            registry.tag(REPOSITORY, "build-" + i, index.digest());
        }
    }

    private static Descriptor child(FakeRegistry registry, String arch, int number, String created) {
        byte[] config = ("{\"architecture\":\"" + arch + "\",\"os\":\"linux\",\"number\":" + number + ",\"created\":\""
                        + created + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        Descriptor layer = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, Digest.sha256(config), 30_000_000);
        ImageManifest image = registry.addManifest(
                REPOSITORY,
                ImageManifest.of(
                        registry.addBlob(REPOSITORY, MediaTypes.OCI_CONFIG, config), List.of(layer), Map.of()));
        return image.descriptor();
    }

    /** Prints how many seconds each of three plans took, the classes loaded on the way of the first. */
    public static void main(String[] arguments) throws InterruptedException {
        StringJoiner seconds = new StringJoiner(" ");
        for (int i = 0; i < PLANS; i++) {
            seconds.add(String.valueOf(plan(Repository.parse(arguments[0] + "/" + REPOSITORY))));
        }
        System.out.println(seconds);
    }

    private static double plan(Repository repository) throws InterruptedException {
        HttpRegistry registry = HttpRegistry.builder().build();
        RetentionRules rules = RetentionRules.of(List.of(TagRule.parseKeep("build-*=100")));
        long start = System.nanoTime();
        RetentionPlan plan = new Retention(registry, any -> new PlainManifestStore(registry), line -> {})
                .plan(new RetentionRequest(List.of(repository), rules, List.of()));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (plan.changes() != 3 * (TAGS - 100)) {
            throw new IllegalStateException("the plan has " + plan.changes() + " changes");
        }
        return seconds;
    }
}
