package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;

/**
 * Which tests of a build passed (in-toto's test result v0.1). Of long lists the first {@value #MAX_NAMES} names are written,
 * of long names the first {@value #MAX_NAME} characters; the counts are of all.
 *
 * @param configuration what the tests were run with, such as the Jenkinsfile at its commit
 * @param url of the run, or empty
 */
public record TestResult(
        Counts counts, List<String> passed, List<String> failed, List<ResourceDescriptor> configuration, String url) {
    /** Of each of the two lists, in names. */
    public static final int MAX_NAMES = 1000;

    private static final int MAX_NAME = 500;

    /** How many there were of each kind. */
    public record Counts(int passed, int failed, int skipped) {

        public int total() {
            return passed + failed + skipped;
        }

        public Counts plus(Counts more) {
            return new Counts(passed + more.passed, failed + more.failed, skipped + more.skipped);
        }
    }

    public TestResult {
        passed = bounded(passed);
        failed = bounded(failed);
        configuration = List.copyOf(configuration);
    }

    private static List<String> bounded(List<String> names) {
        return names.stream()
                .limit(MAX_NAMES)
                .map(name -> name.length() > MAX_NAME ? name.substring(0, MAX_NAME - 1) + "…" : name)
                .toList();
    }

    /** {@code FAILED} with a single failed test; {@code WARNED} if none passed either, as when all were skipped. */
    public String result() {
        if (counts.failed > 0) {
            return "FAILED";
        }
        return counts.passed > 0 ? "PASSED" : "WARNED";
    }

    public Predicate predicate() {
        ObjectNode json = Json.object();
        json.put("result", result());
        ArrayNode array = json.putArray("configuration");
        configuration.forEach(one -> array.add(one.toJson()));
        if (!url.isEmpty()) {
            json.put("url", url);
        }
        passed.forEach(json.putArray("passedTests")::add);
        json.putArray("warnedTests");
        failed.forEach(json.putArray("failedTests")::add);
        json.putObject("multiarch_counts")
                .put("passed", counts.passed)
                .put("failed", counts.failed)
                .put("skipped", counts.skipped);
        return Predicate.of(PredicateTypes.TEST_RESULT, json);
    }
}
