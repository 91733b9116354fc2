package io.jenkins.plugins.multiarch.attest;

import io.jenkins.plugins.multiarch.attest.Finding.Accepted;
import io.jenkins.plugins.multiarch.attest.Finding.Rejected;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.Row;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict.State;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds an image with its evidence against a policy. */
final class PolicyCheck {
    private static final int MAX_REASONS = 3;

    private final VerificationPolicy policy;
    private final ImageSubjects image;
    private final Map<Digest, List<Finding>> findings;
    private final Instant now;

    /** @param findings what lies beside each subject, as the trusted verifier sees it */
    PolicyCheck(VerificationPolicy policy, ImageSubjects image, Map<Digest, List<Finding>> findings, Instant now) {
        this.policy = policy;
        this.image = image;
        this.findings = findings;
        this.now = now;
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
        return new VerificationVerdict(image.reference(), rows);
    }

    private boolean has(Platform platform) {
        return image.all().stream()
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
        List<Finding> beside = findings.get(subject.digest());
        EvidenceCheck check = new EvidenceCheck(rule, now);
        List<Accepted> candidates = check.candidates(beside.stream()
                .filter(Accepted.class::isInstance)
                .map(Accepted.class::cast)
                .toList());
        if (candidates.isEmpty()) {
            return row(rule, subject, State.MISSING, missing(beside));
        }
        Optional<String> objection = Optional.empty();
        for (Accepted candidate : candidates) {
            Optional<String> found = check.objection(candidate);
            if (found.isEmpty()) {
                return row(rule, subject, State.PRESENT, candidate.signer());
            }
            objection = objection.or(() -> found);
        }
        return row(rule, subject, State.FAILED, objection.orElseThrow());
    }

    private Row row(Requirement rule, Descriptor subject, State state, String detail) {
        String unnamed = subject.isIndex() ? "index" : "image";
        String platform = subject.platform().map(Platform::toString).orElse(unnamed);
        return new Row(platform, subject.digest(), rule.type().toString(), state, detail);
    }

    /** With the reasons of what lies there and does not count, for that is what people ask next. */
    private static String missing(List<Finding> beside) {
        List<String> reasons = beside.stream()
                .filter(Rejected.class::isInstance)
                .map(one -> one.place() + ": " + ((Rejected) one).reason())
                .toList();
        if (reasons.isEmpty()) {
            return "there is none by anybody trusted";
        }
        String more = reasons.size() > MAX_REASONS ? "; and " + (reasons.size() - MAX_REASONS) + " more" : "";
        return "what lies there does not count: "
                + String.join("; ", reasons.subList(0, Math.min(MAX_REASONS, reasons.size()))) + more;
    }
}
