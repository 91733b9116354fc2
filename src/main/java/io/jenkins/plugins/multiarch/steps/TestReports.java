package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.tasks.test.AbstractTestResultAction;
import io.jenkins.plugins.multiarch.attest.TestResult;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.util.ArrayList;
import java.util.List;

/** What tests of a build came to, where a plugin that records it is there. */
abstract class TestReports implements ExtensionPoint {

    /**
     * What one report counts and lists.
     *
     * @param address relative to that of the build
     */
    record Report(TestResult.Counts counts, List<String> passed, List<String> failed, String address) {}

    /** @throws ReleaseException if there are none, or no test was counted */
    static TestResult of(Run<?, ?> run) {
        List<Report> reports = ExtensionList.lookup(TestReports.class).stream()
                .flatMap(all -> all.reports(run).stream())
                .filter(report -> report.counts.total() > 0)
                .toList();
        if (reports.isEmpty()) {
            throw new ReleaseException(
                    "attest was told to attest the results of tests, and this build has none so far.",
                    "Call junit before it, or leave testResults out.");
        }
        TestResult.Counts counts = new TestResult.Counts(0, 0, 0);
        List<String> passed = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Report report : reports) {
            counts = counts.plus(report.counts);
            passed.addAll(report.passed);
            failed.addAll(report.failed);
        }
        return new TestResult(
                counts,
                passed,
                failed,
                List.of(BuildProvenance.of(run).configuration()),
                BuildProvenance.page(run, reports.get(0).address + "/"));
    }

    abstract List<Report> reports(Run<?, ?> run);

    /** What the JUnit plugin keeps with the build, and every plugin that keeps its results as that one does. */
    @Extension(optional = true)
    public static final class OfJUnit extends TestReports {

        @Override
        List<Report> reports(Run<?, ?> run) {
            List<Report> reports = new ArrayList<>();
            for (AbstractTestResultAction<?> action : run.getActions(AbstractTestResultAction.class)) {
                reports.add(report(action));
            }
            return reports;
        }

        /** Public, so that Jenkins sees the foreign class and leaves this extension out where that is missing. */
        public Report report(AbstractTestResultAction<?> action) {
            int failed = action.getFailCount();
            int skipped = action.getSkipCount();
            return new Report(
                    new TestResult.Counts(action.getTotalCount() - failed - skipped, failed, skipped),
                    names(action.getPassedTests()),
                    names(action.getFailedTests()),
                    action.getUrlName());
        }

        private static List<String> names(List<? extends hudson.tasks.test.TestResult> tests) {
            return tests.stream()
                    .limit(TestResult.MAX_NAMES)
                    .map(test -> test.getFullName())
                    .toList();
        }
    }
}
