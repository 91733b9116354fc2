package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import java.util.List;

/**
 * The repository and the commit that a build is of, as Jenkins recorded them.
 *
 * @param repository its address without a login; empty where nobody knows, or there are several
 * @param commit in full; empty likewise
 */
record RecordedSources(String repository, String commit) {

    static RecordedSources of(Run<?, ?> run) {
        PipelineSource pipeline = PipelineSource.of(run);
        List<Checkout> checkouts = Checkouts.of(run);
        String repository = pipeline.repository().isEmpty()
                ? only(checkouts.stream().map(Checkout::url).distinct().toList())
                : pipeline.repository();
        String commit = pipeline.commit().isEmpty()
                ? only(checkouts.stream()
                        .filter(checkout -> checkout.url().equals(repository))
                        .map(Checkout::commit)
                        .distinct()
                        .toList())
                : pipeline.commit();
        return new RecordedSources(repository, commit);
    }

    private static String only(List<String> texts) {
        return texts.size() == 1 ? texts.get(0) : "";
    }
}
