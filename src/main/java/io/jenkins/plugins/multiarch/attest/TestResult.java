package io.jenkins.plugins.multiarch.attest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.multiarch.image.Json;
import java.util.List;

/**
 * Which tests of a build passed (in-toto's test result v0.1).
 *
 * @param url of the run, or empty
 * @param configuration what the tests were run with, such as the Jenkinsfile at its commit
 */
public record TestResult(
        List<String> passed,
        List<String> warned,
        List<String> failed,
        List<ResourceDescriptor> configuration,
        String url) {

    public TestResult {
        passed = List.copyOf(passed);
        warned = List.copyOf(warned);
        failed = List.copyOf(failed);
        configuration = List.copyOf(configuration);
    }

    /** {@code FAILED} with a single failed test, {@code WARNED} with a warning, else {@code PASSED}. */
    public String result() {
        if (!failed.isEmpty()) {
            return "FAILED";
        }
        return warned.isEmpty() ? "PASSED" : "WARNED";
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
        warned.forEach(json.putArray("warnedTests")::add);
        failed.forEach(json.putArray("failedTests")::add);
        return Predicate.of(PredicateTypes.TEST_RESULT, json);
    }
}
