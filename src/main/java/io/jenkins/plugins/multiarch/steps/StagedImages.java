package io.jenkins.plugins.multiarch.steps;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.staging.Origin;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.util.BuildListenerAdapter;
import jenkins.util.VirtualFile;

/**
 * The staged images of one build: artifacts below {@code multiarch/NAME/}, kept by whatever artifact manager Jenkins has for
 * it.
 *
 * <p>Archives are stored as they come, from the node that has them; the image is staged when its record is.
 */
record StagedImages(Run<?, ?> run) {
    private static final String FOLDER = "multiarch";

    /** The path of a file among the artifacts. */
    static String path(String name, String file) {
        return FOLDER + "/" + name + "/" + file;
    }

    /** Who stages here, and when. */
    Origin origin() {
        return new Origin(run.getParent().getFullName(), run.getId(), Instant.now());
    }

    /**
     * Stores files of a folder, on whatever node it is, as part of a staged image.
     *
     * @param launcher of that node
     */
    void store(String name, Collection<String> files, FilePath folder, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        Map<String, String> artifacts = new TreeMap<>();
        files.forEach(file -> artifacts.put(path(name, file), file));
        run.pickArtifactManager().archive(folder, launcher, BuildListenerAdapter.wrap(listener), artifacts);
    }

    /** Stores the documents of an image whose archives are stored, the record last: from here on it is staged. */
    void complete(StageRecord record, FilePath folder, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> document : record.documents().entrySet()) {
            folder.child(document.getKey()).copyFrom(new java.io.ByteArrayInputStream(document.getValue()));
            store(record.name(), List.of(document.getKey()), folder, launcher, listener);
        }
        listener.getLogger()
                .println("Staged '" + record.name() + "' as " + record.digest() + " among the artifacts of "
                        + run.getFullDisplayName() + ".");
    }

    /** @throws ReleaseException if there is no image of this name, any more or at all */
    StageRecord record(String name) {
        String where = "'" + StageRecord.checkedName(name) + "' of " + described();
        return reading(() -> {
            VirtualFile folder = folder(name);
            if (!folder.child(StageRecord.RECORD).isFile()) {
                throw missing(name);
            }
            return StageRecord.read(file -> read(folder.child(file)), where);
        });
    }

    /** @throws ReleaseException if it is not there any more */
    VirtualFile archive(StageRecord record, String file) {
        return reading(() -> {
            VirtualFile archive = folder(record.name()).child(file);
            if (!archive.isFile()) {
                throw new ReleaseException(
                        file + " of the staged image " + described(record) + " is gone, although its record is there.",
                        "Stage the image again, and find out what deletes artifacts of "
                                + run.getParent().getFullName() + ".");
            }
            return archive;
        });
    }

    private VirtualFile folder(String name) {
        return run.getArtifactManager().root().child(FOLDER).child(name);
    }

    private static byte[] read(VirtualFile file) throws IOException {
        try (InputStream in = file.open()) {
            return in.readNBytes(StageRecord.MAX_DOCUMENT + 1);
        }
    }

    private ReleaseException missing(String name) throws IOException {
        TreeSet<String> others = new TreeSet<>();
        for (VirtualFile other : run.getArtifactManager().root().child(FOLDER).list()) {
            others.add(other.getName());
        }
        String job = run.getParent().getFullName();
        return others.isEmpty()
                ? new ReleaseException(
                        described() + " has no staged image '" + name
                                + "', nor any other: none was staged there, or its artifacts were discarded since.",
                        "Stage it there with stageImage, or keep the artifacts of " + job
                                + " longer ('Discard old builds').")
                : new ReleaseException(
                        described() + " has no staged image '" + name + "'.",
                        "Name one that it has: "
                                + others.stream().map(Shown::of).collect(Collectors.joining(", ")) + ".");
    }

    /** Job, build and age, as in {@code acme/app #42 (3 days old)}. */
    private String described() {
        Duration age = Duration.between(run.getTime().toInstant(), Instant.now());
        return run.getParent().getFullName() + " #" + run.getNumber() + " (" + Origin.age(age) + " old)";
    }

    /** A staged image for refusals, as in {@code 'app' of acme/app #42 (3 days old)}. */
    String described(StageRecord record) {
        return "'" + record.name() + "' of " + described();
    }

    @FunctionalInterface
    private interface Reading<R> {
        R get() throws IOException;
    }

    private <R> R reading(Reading<R> reading) {
        try {
            return reading.get();
        } catch (IOException e) {
            throw new ReleaseException(
                    "The artifacts of " + described() + " could not be read: "
                            + e.getClass().getSimpleName() + " " + Shown.of(String.valueOf(e.getMessage())) + ".",
                    "Look at what keeps them, a disk or a store such as S3, then run the step again.",
                    e);
        }
    }
}
