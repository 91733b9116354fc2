package io.jenkins.plugins.multiarch.ui;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.plan.BuildFacts;
import io.jenkins.plugins.multiarch.plan.Cause;
import io.jenkins.plugins.multiarch.plan.Decision;
import io.jenkins.plugins.multiarch.plan.ManualInputs;
import io.jenkins.plugins.multiarch.plan.Planning;
import io.jenkins.plugins.multiarch.plan.Ref;
import io.jenkins.plugins.multiarch.plan.ReleaseRules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody asks the rules of a job, and the answer. */
public final class PlanQuestion {
    private final PlanRules planned;
    private final String job;
    private final Map<String, String> fields;
    private final List<Decision> answer;
    private final String refusal;

    private PlanQuestion(
            PlanRules planned, String job, Map<String, String> fields, List<Decision> answer, String refusal) {
        this.planned = planned;
        this.job = job;
        this.fields = fields;
        this.answer = answer;
        this.refusal = refusal;
    }

    /** The form before anybody asked: a push to the default branch. */
    static PlanQuestion about(PlanRules planned, String job) {
        return new PlanQuestion(
                planned,
                job,
                Map.of(
                        "ref", "refs/heads/" + planned.defaultBranch(),
                        "cause", Cause.PUSH.toString(),
                        "rules", planned.rules()),
                List.of(),
                "");
    }

    PlanQuestion asked(
            @CheckForNull String ref,
            @CheckForNull String cause,
            @CheckForNull String changed,
            @CheckForNull String knownTags,
            @CheckForNull String channel,
            @CheckForNull String version,
            boolean rebuild,
            @CheckForNull String rules) {
        Map<String, String> given = Map.of(
                "ref", text(ref),
                "cause", text(cause),
                "changed", text(changed),
                "knownTags", text(knownTags),
                "channel", text(channel),
                "version", text(version),
                "rebuild", String.valueOf(rebuild),
                "rules", text(rules));
        PlanQuestion question = new PlanQuestion(planned, job, given, List.of(), "");
        try {
            return new PlanQuestion(planned, job, given, question.decisions(), "");
        } catch (ReleaseException e) {
            return new PlanQuestion(planned, job, given, List.of(), e.getMessage());
        }
    }

    private static String text(@CheckForNull String field) {
        return field == null ? "" : field.strip();
    }

    private List<Decision> decisions() {
        String written = get("rules");
        ReleaseRules rules = written.isEmpty()
                ? ReleaseRules.standard()
                : ReleaseRules.parse(written.getBytes(StandardCharsets.UTF_8));
        BuildFacts.Builder facts = BuildFacts.of(Ref.parse(get("ref")), Cause.parse(get("cause")), Instant.now())
                .defaultBranch(planned.defaultBranch())
                .source(planned.source())
                .job(job)
                .inputs(new ManualInputs(get("channel"), get("version"), isRebuild(), Optional.empty()));
        words("changed").ifPresent(facts::changedFiles);
        words("knownTags").ifPresent(facts::knownTags);
        return new Planning(rules).plan(facts.build()).decisions();
    }

    /** One a line; nothing where nothing is written, so that it is not known. */
    private Optional<List<String>> words(String field) {
        List<String> words = get(field)
                .lines()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    /** A field of the form as it was sent. */
    public String get(String field) {
        return fields.getOrDefault(field, "");
    }

    public boolean isRebuild() {
        return Boolean.parseBoolean(get("rebuild"));
    }

    /** What such a build would do, with reasons; empty before somebody asked. */
    public List<Answer> getAnswer() {
        return answer.stream()
                .map(decision -> new Answer(decision.name(), decision.value(), decision.reason()))
                .toList();
    }

    /** Why there is no answer, or empty. */
    public String getRefusal() {
        return refusal;
    }

    static List<String> causes() {
        return Arrays.stream(Cause.values()).map(Cause::toString).toList();
    }

    /** One decision, as the page reads it. */
    public static final class Answer {
        private final String name;
        private final String value;
        private final String reason;

        Answer(String name, String value, String reason) {
            this.name = name;
            this.value = value;
            this.reason = reason;
        }

        public String getName() {
            return name;
        }

        public String getValue() {
            return value;
        }

        public String getReason() {
            return reason;
        }
    }
}
