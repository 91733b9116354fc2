package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.util.Optional;

/**
 * The values of the expressions that stand in rules and labels.
 *
 * @param version what tag and files agree on, or empty
 * @param channel the channel that is published to, or empty
 */
record Expressions(BuildFacts facts, String version, String channel) {
    /** Digits of a commit that is shortened, as docker/metadata-action has them. */
    private static final int SHORT = 7;

    String fill(String written) {
        return Template.fill(written, this::value);
    }

    /** With the parts of a version before all else. */
    String fill(String written, ReleaseVersion parts) {
        return Template.fill(
                written, expression -> parts.part(expression.name()).or(() -> value(expression)));
    }

    private Optional<String> value(Template.Expression expression) {
        Ref ref = facts.ref();
        return Optional.ofNullable(
                switch (expression.name()) {
                    case "branch" -> ref.isBranch() ? ref.name() : "";
                    case "tag" -> ref.isTag() ? ref.name() : "";
                    case "base_ref" -> facts.targetBranch();
                    case "sha" -> shortened(facts.commit(), SHORT);
                    case "version" -> version;
                    case "channel" -> channel;
                    case "is_default_branch" -> String.valueOf(facts.isOfDefaultBranch());
                    case "is_not_default_branch" -> String.valueOf(!facts.isOfDefaultBranch());
                    case "date" -> DateFormat.write(facts.date(), expression.format(), expression.zone());
                    case "commit_date" -> commitDate(expression);
                    default -> null;
                });
    }

    private String commitDate(Template.Expression expression) {
        return facts.commitDate()
                .map(date -> DateFormat.write(date, expression.format(), expression.zone()))
                .orElseThrow(() -> new ReleaseException(
                        "The date of the commit is not known, and a rule asks for it by commit_date.",
                        "Give it, or use date, which is when the build began."));
    }

    static String shortened(String commit, int length) {
        return commit.substring(0, Math.min(commit.length(), length));
    }
}
