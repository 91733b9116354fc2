package io.jenkins.plugins.multiarch.steps;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.promote.Receipts;
import io.jenkins.plugins.multiarch.promote.ReleaseNote;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The receipts that builds leave: unsigned, with the number and the address of the build. */
record BuildReceipts(Run<?, ?> run) {

    static Receipts of(Registry registry) {
        return new Receipts(registry, Optional.empty(), Optional.empty());
    }

    ReleaseNote note() {
        String root = Util.fixNull(Jenkins.get().getRootUrl());
        return new ReleaseNote("", Integer.toString(run.getNumber()), root.isEmpty() ? "" : root + run.getUrl());
    }
}
