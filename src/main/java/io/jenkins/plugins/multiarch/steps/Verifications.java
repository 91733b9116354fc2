package io.jenkins.plugins.multiarch.steps;

import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.PredicateTypes;
import io.jenkins.plugins.multiarch.attest.VerificationPolicy;
import io.jenkins.plugins.multiarch.attest.VerificationSummary;
import io.jenkins.plugins.multiarch.attest.VerificationVerdict;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The images that {@code verifyImage} let through in a build, as the controller saw it. Saved with the build. */
public final class Verifications extends InvisibleAction {
    private static final String VERIFIER = "#verifyImage";

    /** The last summary of each image, in JSON by its reference with digest. */
    private final LinkedHashMap<String, String> summaries;

    private Verifications(Map<String, String> summaries) {
        this.summaries = new LinkedHashMap<>(summaries);
    }

    /** Writes down that an image passed, if it did. */
    static void add(Run<?, ?> run, VerificationVerdict verdict, VerificationPolicy policy) throws IOException {
        if (!verdict.isPassed() || !BuildProvenance.knowsItsUrl()) {
            return;
        }
        byte[] summary = VerificationSummary.of(verdict, policy, BuildProvenance.rootUrl() + VERIFIER, Instant.now())
                .predicate()
                .json();
        synchronized (run) {
            Verifications known = run.getAction(Verifications.class);
            Map<String, String> all = known == null ? new LinkedHashMap<>() : new LinkedHashMap<>(known.summaries);
            all.put(verdict.image().toString(), new String(summary, StandardCharsets.UTF_8));
            run.addOrReplaceAction(new Verifications(all));
        }
        run.save();
    }

    /** @throws ReleaseException if this build has not let the image through */
    static Predicate of(Run<?, ?> run, ImageRef image) {
        Verifications known = run.getAction(Verifications.class);
        String summary = known == null ? null : known.summaries.get(image.toString());
        if (summary == null) {
            throw new ReleaseException(
                    "attest was told to attest that " + image + " was verified, and this build has not verified it.",
                    "Call verifyImage with this image before it, or leave verification out.");
        }
        return new Predicate(PredicateTypes.VERIFICATION_SUMMARY, summary.getBytes(StandardCharsets.UTF_8));
    }
}
