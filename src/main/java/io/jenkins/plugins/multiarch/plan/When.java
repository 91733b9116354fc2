package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The builds that a rule is for. What is not said may be anything; of branch, defaultBranch, tag and pullRequest one must fit.
 *
 * @param branch patterns for names of branches
 * @param tag patterns for names of tags
 * @param rebuild whether somebody asked to use newer base images and no cache
 * @param fork whether the sources are from elsewhere than the official place
 */
public record When(
        List<Glob> branch,
        boolean defaultBranch,
        List<Glob> tag,
        boolean pullRequest,
        List<Cause> cause,
        Optional<Boolean> rebuild,
        Optional<Boolean> fork) {

    /** For every build. */
    static final When ALWAYS =
            new When(List.of(), false, List.of(), false, List.of(), Optional.empty(), Optional.empty());

    public When {
        branch = List.copyOf(branch);
        tag = List.copyOf(tag);
        cause = List.copyOf(cause);
    }

    /** Why the rule is for a build; nothing where it is not. */
    Optional<String> matches(BuildFacts facts, boolean isFork, boolean isRebuild) {
        List<String> reasons = new ArrayList<>();
        if (saysWhat()) {
            Optional<String> what = matches(facts);
            if (what.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(what.get());
        }
        if (!cause.isEmpty()) {
            if (!cause.contains(facts.cause())) {
                return Optional.empty();
            }
            reasons.add("cause " + facts.cause());
        }
        if (rebuild.isPresent()) {
            if (rebuild.get() != isRebuild) {
                return Optional.empty();
            }
            reasons.add(isRebuild ? "a rebuild was asked for" : "no rebuild was asked for");
        }
        if (fork.isPresent()) {
            if (fork.get() != isFork) {
                return Optional.empty();
            }
            reasons.add(isFork ? "the sources are not the official ones" : "the sources are the official ones");
        }
        return Optional.of(reasons.isEmpty() ? "it is for every build" : String.join(", ", reasons));
    }

    private boolean saysWhat() {
        return defaultBranch || pullRequest || !branch.isEmpty() || !tag.isEmpty();
    }

    private Optional<String> matches(BuildFacts facts) {
        Ref ref = facts.ref();
        if (facts.isPullRequest()) {
            return pullRequest
                    ? Optional.of(ref.isPullRequest() ? ref.shown() : "cause pull-request")
                    : Optional.empty();
        }
        if (defaultBranch && facts.isOfDefaultBranch()) {
            return Optional.of(ref.shown() + " is the default branch");
        }
        return (ref.isTag() ? tag : branch)
                .stream()
                        .filter(glob -> glob.matches(ref.name()))
                        .findFirst()
                        .map(glob -> ref.shown() + (glob.toString().equals(ref.name()) ? "" : " matches " + glob));
    }
}
