package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.VerificationVerdict.Row;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.State;
import io.jenkins.plugins.multiarch.attest.WeighedEvidence.Discounted;
import io.jenkins.plugins.multiarch.attest.WeighedEvidence.Genuine;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds an image with its evidence against a policy. */
final class PolicyCheck {
    private static final int MAX_REASONS = 3;

    private final VerificationPolicy policy;
    private final ImageSubjects image;
    private final Map<Digest, List<WeighedEvidence>> evidence;
    private final Set<Digest> inputs = new LinkedHashSet<>();

    /** @param evidence what lies beside each subject, as the trusted verifier and the policy see it */
    PolicyCheck(VerificationPolicy policy, ImageSubjects image, Map<Digest, List<WeighedEvidence>> evidence) {
        this.policy = policy;
        this.image = image;
        this.evidence = evidence;
    }

    VerificationVerdict verdict() {
        List<Row> rows = new ArrayList<>();
        policy.platforms().stream()
                .filter(platform -> !has(platform))
                .forEach(platform -> rows.add(new Row(
                        platform.toString(),
                        image.image().digest(),
                        "image",
                        State.MISSING,
                        "the index does not list it")));
        for (Descriptor subject : image.all()) {
            for (Requirement rule : policy.requirements()) {
                if (applies(rule, subject)) {
                    rows.add(row(rule, subject));
                }
            }
        }
        if (rows.isEmpty()) {
            rows.add(new Row("index", image.image().digest(), "image", State.MISSING, "the index lists none"));
        }
        return new VerificationVerdict(image.reference(), rows, List.copyOf(inputs));
    }

    /** An index below may have any platform, and runs on none. */
    private boolean has(Platform platform) {
        return image.all().stream()
                .filter(child -> !child.isIndex())
                .flatMap(child -> child.platform().stream())
                .anyMatch(there -> there.satisfies(platform));
    }

    private boolean applies(Requirement rule, Descriptor subject) {
        return switch (rule.scope()) {
            case ALL -> true;
            case PLATFORMS -> !subject.isIndex();
            case INDEX -> subject.digest().equals(image.image().digest());
        };
    }

    private Row row(Requirement rule, Descriptor subject) {
        List<WeighedEvidence> beside = evidence.get(subject.digest());
        List<Genuine> candidates = candidates(rule, beside);
        if (candidates.isEmpty()) {
            return row(rule, subject, State.MISSING, missing(beside));
        }
        List<Genuine> fitting = candidates.stream()
                .filter(one -> one.objections().get(rule).isEmpty())
                .toList();
        candidates.forEach(one -> inputs.add(one.digest()));
        boolean fits = rule.countsTheNewest() ? fitting.equals(candidates) : !fitting.isEmpty();
        return fits
                ? row(rule, subject, State.PRESENT, fitting.get(0).signer())
                : row(rule, subject, State.FAILED, objection(rule, candidates));
    }

    private static String objection(Requirement rule, List<Genuine> candidates) {
        return candidates.stream()
                .flatMap(one -> one.objections().get(rule).stream())
                .findFirst()
                .orElseThrow();
    }

    /**
     * The evidence that decides, the newest first: scans of the newest instant, which all have to fit, for whoever pushes can
     * choose their order; and of all else any that fits.
     */
    private static List<Genuine> candidates(Requirement rule, List<WeighedEvidence> beside) {
        List<Genuine> all = beside.stream()
                .filter(Genuine.class::isInstance)
                .map(Genuine.class::cast)
                .filter(one -> one.objections().containsKey(rule))
                .sorted(Comparator.comparing(Genuine::time).reversed())
                .toList();
        return rule.countsTheNewest()
                ? all.stream()
                        .filter(one -> one.time().equals(all.get(0).time()))
                        .toList()
                : all;
    }

    private Row row(Requirement rule, Descriptor subject, State state, String detail) {
        String unnamed = subject.isIndex() ? "index" : "image";
        String platform = subject.platform().map(Platform::toString).orElse(unnamed);
        return new Row(platform, subject.digest(), rule.type().toString(), state, detail);
    }

    /** With the reasons of what lies there and does not count, for that is what people ask next. */
    private static String missing(List<WeighedEvidence> beside) {
        List<String> reasons = beside.stream()
                .filter(Discounted.class::isInstance)
                .map(one -> ((Discounted) one).reason())
                .toList();
        if (reasons.isEmpty()) {
            return "there is none by anybody trusted";
        }
        String more = reasons.size() > MAX_REASONS ? "; and " + (reasons.size() - MAX_REASONS) + " more" : "";
        return "what lies there does not count: "
                + String.join("; ", reasons.subList(0, Math.min(MAX_REASONS, reasons.size()))) + more;
    }
}
