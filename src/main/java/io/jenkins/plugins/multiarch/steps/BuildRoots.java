package io.jenkins.plugins.multiarch.steps;

import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.retention.Root;
import io.jenkins.plugins.multiarch.ui.PlatformRecord;
import io.jenkins.plugins.multiarch.ui.ReleaseAction;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/**
 * What all builds made that Jenkins has, those that run right now among them.
 *
 * <p>Builds of jobs that the asking build may not read count too: what they made is as much in use. It is not told which they
 * are.
 *
 * @param reader knows which jobs may be read
 */
record BuildRoots(StagedSource reader) {
    private static final String HIDDEN = "a build of a job that this one may not read made it";

    List<Root> find() throws InterruptedException {
        Map<Digest, Root> roots = new LinkedHashMap<>();
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            for (Job<?, ?> job : Jenkins.get().allItems(Job.class)) {
                addAll(job, reader.mayRead(job), roots);
            }
        }
        return List.copyOf(roots.values());
    }

    private static void addAll(Job<?, ?> job, boolean readable, Map<Digest, Root> roots) throws InterruptedException {
        for (Run<?, ?> build = job.getLastBuild(); build != null; build = build.getPreviousBuild()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while the builds of Jenkins were read");
            }
            String reason = readable ? "build " + job.getFullName() + " #" + build.getNumber() + " made it" : HIDDEN;
            for (String made : made(build)) {
                Digest digest = Digest.parse(made);
                roots.putIfAbsent(digest, new Root(Optional.empty(), digest, reason));
            }
        }
    }

    private static Set<String> made(Run<?, ?> build) {
        Set<String> made = new LinkedHashSet<>(MadeImages.of(build));
        ReleaseAction platforms = build.getAction(ReleaseAction.class);
        if (platforms != null) {
            platforms.getPlatforms().stream()
                    .map(PlatformRecord::getDigest)
                    .filter(Objects::nonNull)
                    .forEach(made::add);
        }
        return made;
    }
}
