package io.jenkins.plugins.multiarch.staging;

import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.layout.ImageStore;
import io.jenkins.plugins.multiarch.layout.OciLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The archives of a staged image joined to the one image they are, without copying anything. */
final class StagedStore implements ImageStore {
    private final StageRecord record;
    private final List<OciLayout> archives = new ArrayList<>();

    private StagedStore(StageRecord record) {
        this.record = record;
    }

    /**
     * Opens those archives that lie in the folder.
     *
     * @throws ReleaseException if one holds another image than the record says
     */
    static StagedStore open(StageRecord record, Path folder) throws IOException {
        StagedStore store = new StagedStore(record);
        try {
            for (StagedPlatform platform : record.platforms()) {
                Path file = folder.resolve(platform.archive());
                if (Files.exists(file)) {
                    store.add(OciLayout.open(file), platform);
                }
            }
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void add(OciLayout archive, StagedPlatform platform) {
        archives.add(archive);
        Digest found = archive.image("").digest();
        if (!found.equals(platform.digest())) {
            throw new ReleaseException(
                    platform.archive() + " holds the image " + found + ", and " + platform.digest() + " was staged for "
                            + platform.platform() + ".",
                    "Do not use it; it was changed after it was staged. Stage the image again.");
        }
    }

    @Override
    public List<Descriptor> images() {
        return List.of(record.root());
    }

    @Override
    public Manifest manifest(Descriptor descriptor) throws IOException {
        if (isIndex(descriptor.digest())) {
            return record.index().orElseThrow();
        }
        return holder(descriptor).manifest(descriptor);
    }

    @Override
    public InputStream open(Descriptor blob) throws IOException {
        if (isIndex(blob.digest())) {
            return new ByteArrayInputStream(record.index().orElseThrow().bytes());
        }
        return holder(blob).open(blob);
    }

    private boolean isIndex(Digest digest) {
        return record.index().map(ImageIndex::digest).filter(digest::equals).isPresent();
    }

    private OciLayout holder(Descriptor blob) {
        return archives.stream()
                .filter(archive -> archive.has(blob.digest()))
                .findFirst()
                .orElseThrow(() -> new ReleaseException(
                        "None of the archives of the staged image '" + record.name() + "' holds " + blob.digest() + ".",
                        "Stage the image again; something of it was left out."));
    }

    @Override
    public boolean has(Digest digest) {
        return isIndex(digest) || archives.stream().anyMatch(archive -> archive.has(digest));
    }

    @Override
    public void close() throws IOException {
        for (OciLayout archive : archives) {
            archive.close();
        }
    }

    @Override
    public String toString() {
        return "the staged image '" + record.name() + "'";
    }
}
