package io.jenkins.plugins.multiarch.ui;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import hudson.model.Run;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/**
 * The record of a release: what a build made of its images, platform by platform, from the first that waits for an agent to
 * the last that was built; and which tags it moved. It is saved with the build.
 */
@ExportedBean
public final class ReleaseAction implements RunAction2 {
    private static final int VERSION = 1;

    /** Never changed but replaced, as the build may be saved at any time by another thread. */
    private volatile LinkedHashMap<String, PlatformRecord> platforms = new LinkedHashMap<>();

    /** The steps that write caches, by the reference they write; replaced likewise. */
    private volatile @CheckForNull HashMap<String, String> caches;

    /** Replaced likewise; nothing in builds from before there were any. */
    private volatile @CheckForNull ArrayList<PromotionRecord> promotions;

    private transient Run<?, ?> run;

    /** That of a build, made where there is none yet. */
    public static ReleaseAction of(Run<?, ?> run) {
        synchronized (run) {
            ReleaseAction found = run.getAction(ReleaseAction.class);
            if (found == null) {
                found = new ReleaseAction();
                run.addAction(found);
            }
            return found;
        }
    }

    /** Keeps what is known of a platform from now on, and saves the build. */
    public void record(String id, PlatformRecord known) throws IOException {
        synchronized (this) {
            LinkedHashMap<String, PlatformRecord> changed = new LinkedHashMap<>(platforms);
            changed.put(id, known);
            platforms = changed;
        }
        run.save();
    }

    /**
     * Lets one step of the build write a cache, and no other unless that {@link #releaseCaches has failed}.
     *
     * @param step its id in the build
     * @return whether it may
     */
    public synchronized boolean claimCache(String reference, String step) {
        HashMap<String, String> changed = claimed();
        boolean granted = step.equals(changed.computeIfAbsent(reference, free -> step));
        caches = changed;
        return granted;
    }

    private HashMap<String, String> claimed() {
        return caches == null ? new HashMap<>() : new HashMap<>(caches);
    }

    /** Lets others write what a step was to write that has failed, and saves the build. */
    public void releaseCaches(String step) throws IOException {
        synchronized (this) {
            HashMap<String, String> changed = claimed();
            if (!changed.values().removeIf(step::equals)) {
                return;
            }
            caches = changed;
        }
        run.save();
    }

    /** What is known of a platform, by the id that it was recorded with. */
    public synchronized Optional<PlatformRecord> find(String id) {
        return Optional.ofNullable(platforms.get(id));
    }

    /** In the order in which they began. When the build has ended, what it did not finish has failed, for whatever reason. */
    @Exported(inline = true)
    public synchronized List<PlatformRecord> getPlatforms() {
        boolean ended = !run.isBuilding();
        return new ArrayList<>(platforms.values().stream()
                .map(known -> ended && known.isUnfinished() ? known.failed() : known)
                .toList());
    }

    /** Keeps what a promotion or a rollback did, and saves the build. */
    public void record(PromotionRecord done) throws IOException {
        synchronized (this) {
            ArrayList<PromotionRecord> changed = new ArrayList<>(getPromotions());
            changed.add(done);
            promotions = changed;
        }
        run.save();
    }

    /** In the order in which they ended. */
    @Exported(inline = true)
    public synchronized List<PromotionRecord> getPromotions() {
        return promotions == null ? List.of() : List.copyOf(promotions);
    }

    /** Of what the API and {@code release.json} show. */
    @Exported
    public int getVersion() {
        return VERSION;
    }

    /** By the image that they belong to. */
    public synchronized Map<String, List<PlatformRecord>> getImages() {
        Map<String, List<PlatformRecord>> images = new LinkedHashMap<>();
        getPlatforms()
                .forEach(platform -> images.computeIfAbsent(platform.getImage(), image -> new ArrayList<>())
                        .add(platform));
        return images;
    }

    /** What {@code multiarch/api/json} of a build shows. */
    public Api getApi() {
        return new Api(this);
    }

    /** What {@code multiarch/release.json} of a build shows: the same. */
    @GET
    @WebMethod(name = "release.json")
    public void doReleaseJson(StaplerRequest2 request, StaplerResponse2 response) throws IOException, ServletException {
        getApi().doJson(request, response);
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public @CheckForNull String getIconFileName() {
        return "symbol-cube";
    }

    @Override
    public String getDisplayName() {
        return Messages.ReleaseAction_displayName();
    }

    @Override
    public String getUrlName() {
        return "multiarch";
    }
}
