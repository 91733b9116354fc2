package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.ui.PlatformRecord;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
import java.io.IOException;
import java.util.Optional;

/** What the parts of buildMultiArch write down with the build, and find there when they are repeated. */
record PlatformRecords(Run<?, ?> run) {

    void waiting(BuildCell cell) throws IOException {
        record(cell, PlatformRecord.waiting(image(cell), cell.plan().platform().toString()));
    }

    void skipped(BuildCell cell) throws IOException {
        record(cell, PlatformRecord.skipped(image(cell), cell.plan().platform().toString()));
    }

    void building(BuildCell cell, String agent, PreparedCell prepared) throws IOException {
        record(
                cell,
                PlatformRecord.building(
                                image(cell),
                                cell.plan().platform().toString(),
                                agent,
                                prepared.builderText(),
                                prepared.emulated(),
                                prepared.reproduce(),
                                prepared.materials())
                        .prepared(prepared.toJson()));
    }

    /**
     * What was laid ready for a platform on an agent, as {@link PreparedCell#toJson} has it.
     *
     * @throws ReleaseException if nothing was, in this build and there
     */
    String preparation(BuildCell cell, String agent) {
        return ReleaseAction.of(run)
                .find(cell.id())
                .filter(known -> agent.equals(known.getAgent()))
                .map(PlatformRecord::getPreparation)
                .orElseThrow(() -> new ReleaseException(
                        "This build did not prepare " + cell.plan().platform() + " on " + agent + ".",
                        "Call buildMultiArch, which prepares what it builds."));
    }

    void built(BuildCell cell, BuiltCell built, String result) throws IOException {
        BuiltCell.Facts how = built.image().orElseThrow().how();
        ReleaseAction action = ReleaseAction.of(run);
        PlatformRecord known = action.find(cell.id()).orElseThrow();
        String digest = built.found().root().toString();
        action.record(cell.id(), known.built(digest, System.currentTimeMillis(), how.seconds(), how.log(), result));
    }

    void failed(BuildCell cell) throws IOException {
        ReleaseAction action = ReleaseAction.of(run);
        Optional<PlatformRecord> known = action.find(cell.id());
        if (known.isPresent()) {
            action.record(cell.id(), known.get().failed());
        }
    }

    /** What building this platform returned, where it was built already in this build. */
    Optional<String> result(BuildCell cell) {
        return ReleaseAction.of(run).find(cell.id()).map(PlatformRecord::getResult);
    }

    private void record(BuildCell cell, PlatformRecord known) throws IOException {
        ReleaseAction.of(run).record(cell.id(), known);
    }

    private static String image(BuildCell cell) {
        String variant = cell.plan().name();
        return variant.isEmpty() ? cell.repository() : cell.repository() + " " + variant;
    }
}
