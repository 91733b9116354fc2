package io.jenkins.plugins.multiarch.ui;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What is known of one platform of an image: no more than its state at first, all of it in the end. */
@ExportedBean
public final class PlatformRecord {
    private final String image;
    private final String platform;
    private final State state;
    private @CheckForNull String agent;
    private @CheckForNull String builder;
    private boolean emulated;
    private @CheckForNull String digest;
    private @CheckForNull String preparation;
    private long finished;
    private long seconds;
    private @CheckForNull String log;
    private @CheckForNull String reproduce;
    private @CheckForNull String materials;
    private @CheckForNull String result;

    /** How far it has come. */
    public enum State {
        /** For an agent. */
        WAITING,
        BUILDING,
        BUILT,
        /** It ended without an image. */
        FAILED,
        /** No agent was there, and it could be left out. */
        SKIPPED
    }

    private PlatformRecord(String image, String platform, State state) {
        this.image = image;
        this.platform = platform;
        this.state = state;
    }

    /** @param image what it is a platform of, with its variant where it has one */
    public static PlatformRecord waiting(String image, String platform) {
        return new PlatformRecord(image, platform, State.WAITING);
    }

    public static PlatformRecord skipped(String image, String platform) {
        return new PlatformRecord(image, platform, State.SKIPPED);
    }

    /**
     * @param agent that builds it
     * @param builder with its version
     * @param reproduce the script that builds the same elsewhere; empty if nobody knows
     * @param materials what goes in, with digests, as JSON; empty if nobody knows
     */
    public static PlatformRecord building(
            String image,
            String platform,
            String agent,
            String builder,
            boolean emulated,
            String reproduce,
            String materials) {
        PlatformRecord record = new PlatformRecord(image, platform, State.BUILDING);
        record.agent = agent;
        record.builder = builder;
        record.emulated = emulated;
        record.reproduce = reproduce;
        record.materials = materials;
        return record;
    }

    /**
     * This platform, ready to be built on its agent.
     *
     * @param how what the step that looks at the image needs to know, as no script can tell it otherwise
     */
    public PlatformRecord prepared(String how) {
        PlatformRecord record = in(State.BUILDING);
        record.preparation = how;
        return record;
    }

    /**
     * This platform, built.
     *
     * @param finished when, by the clock of the controller, in milliseconds since 1970
     * @param log address of what the builder said, relative to that of Jenkins
     * @param result what the step that built it returned
     */
    public PlatformRecord built(String digest, long finished, long seconds, String log, String result) {
        PlatformRecord record = in(State.BUILT);
        record.preparation = null;
        record.digest = digest;
        record.finished = finished;
        record.seconds = seconds;
        record.log = log;
        record.result = result;
        return record;
    }

    /** This platform, of which no image came. */
    public PlatformRecord failed() {
        return in(State.FAILED);
    }

    private PlatformRecord in(State next) {
        PlatformRecord record = new PlatformRecord(image, platform, next);
        record.agent = agent;
        record.builder = builder;
        record.emulated = emulated;
        record.reproduce = reproduce;
        record.materials = materials;
        record.preparation = preparation;
        return record;
    }

    /** Whether something is still to come, unless the build has ended. */
    boolean isUnfinished() {
        return state == State.WAITING || state == State.BUILDING;
    }

    @Exported
    public String getImage() {
        return image;
    }

    @Exported
    public String getPlatform() {
        return platform;
    }

    @Exported
    public State getState() {
        return state;
    }

    /** For people, in their language. */
    public String getStateText() {
        return switch (state) {
            case WAITING -> Messages.PlatformRecord_waiting();
            case BUILDING -> Messages.PlatformRecord_building();
            case BUILT -> Messages.PlatformRecord_built();
            case FAILED -> Messages.PlatformRecord_failed();
            case SKIPPED -> Messages.PlatformRecord_skipped();
        };
    }

    @Exported
    public @CheckForNull String getAgent() {
        return agent;
    }

    @Exported
    public @CheckForNull String getBuilder() {
        return builder;
    }

    /** Whether its commands were run by an emulator of its architecture. */
    @Exported
    public boolean isEmulated() {
        return emulated;
    }

    @Exported
    public @CheckForNull String getDigest() {
        return digest;
    }

    /** When it was built, in milliseconds since 1970; 0 until then. */
    public long getFinished() {
        return finished;
    }

    @Exported
    public long getSeconds() {
        return seconds;
    }

    @Exported
    public @CheckForNull String getLog() {
        return log;
    }

    @Exported
    public @CheckForNull String getReproduce() {
        return reproduce;
    }

    /** What went into it, as JSON for provenance; empty if nobody knows. */
    public String getMaterials() {
        return materials == null ? "" : materials;
    }

    /** What was laid ready on its agent; nothing before that, and after it was built. */
    public @CheckForNull String getPreparation() {
        return preparation;
    }

    /** What the step that built it returned; nothing until then. */
    public @CheckForNull String getResult() {
        return result;
    }
}
