package io.jenkins.plugins.multiarch.steps;

import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.AnyVerifier;
import io.jenkins.plugins.multiarch.attest.KeyVerifier;
import io.jenkins.plugins.multiarch.attest.Signer;
import io.jenkins.plugins.multiarch.attest.Verifier;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.keys.TrustedKey;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.ReleaseNote;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.ui.PromotionRecord;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The receipts that a build leaves: with its number and address, signed where a step names a key. */
record BuildReceipts(Run<?, ?> run, TaskListener listener, Optional<CredentialsSigner> signer) {

    static BuildReceipts of(Run<?, ?> run, TaskListener listener, ReceiptKey key) {
        return new BuildReceipts(run, listener, key.signer(run, listener));
    }

    /** @throws ReleaseException if there is a key, and nothing can be signed with it */
    void refuseUnlessSigned() {
        signer.ifPresent(CredentialsSigner::open);
    }

    /** What leaves them. */
    Receipts leaving(Registry registry) {
        return new Receipts(registry, signer.map(Signer.class::cast), Optional.empty());
    }

    /**
     * What leaves them, and reads those of others.
     *
     * @param trusted keys whose receipts count, beside the one that signs; where there is none at all, every receipt does
     */
    Receipts reading(Registry registry, List<TrustedKey> trusted) {
        List<Verifier> all = new ArrayList<>();
        trusted.forEach(one -> all.add(new KeyVerifier(one)));
        signer.flatMap(Signer::verifier).ifPresent(all::add);
        return new Receipts(
                registry,
                signer.map(Signer.class::cast),
                all.isEmpty() ? Optional.empty() : Optional.of(new AnyVerifier(all)));
    }

    /** Has the build remember what it ended that had broken off. */
    Optional<io.jenkins.plugins.multiarch.promote.PromotedTags> recovered(
            Optional<io.jenkins.plugins.multiarch.promote.PromotedTags> ended) {
        ended.ifPresent(
                tags -> remember(new PromotionRecord(PromotionRecord.Kind.RECOVERY, System.currentTimeMillis(), tags)));
        return ended;
    }

    /** Has the build remember what was done, which a full disk does not undo. */
    void remember(PromotionRecord done) {
        try {
            ReleaseAction.of(run).record(done);
        } catch (IOException e) {
            listener.getLogger()
                    .println("What was promoted could not be saved with the build: "
                            + Shown.of(String.valueOf(e.getMessage())) + ".");
        }
    }

    ReleaseNote note() {
        String root = Util.fixNull(Jenkins.get().getRootUrl());
        return new ReleaseNote("", Integer.toString(run.getNumber()), root.isEmpty() ? "" : root + run.getUrl());
    }
}
