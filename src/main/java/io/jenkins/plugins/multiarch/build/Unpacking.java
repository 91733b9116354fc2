package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.layout.Compression;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Unpacks a tar archive into a stage, as ADD does: modes and times as the archive has them, and owners unless
 * {@code --chown} says another (since Dockerfile 1.17). As in BuildKit {@code --chmod} changes nothing in it.
 */
final class Unpacking {
    private final Instruction instruction;
    private final LayerPlan plan;
    private final String target;
    private final FileCopy copy;
    private final Map<String, FileNode> own = new HashMap<>();

    Unpacking(Instruction instruction, LayerPlan plan, String target, FileCopy copy) {
        this.instruction = instruction;
        this.plan = plan;
        this.target = target;
        this.copy = copy;
    }

    /** Whether it begins like a tar archive, below its compression. */
    static boolean isArchive(Content content) throws IOException, InterruptedException {
        try (InputStream in = Compression.expand(content.open(), "The file");
                TarReader tar = new TarReader(in, "The file")) {
            return tar.next().isPresent();
        } catch (ReleaseException | java.util.zip.ZipException | java.io.EOFException e) {
            return false;
        }
    }

    void unpack(Archive archive) throws IOException, InterruptedException {
        copy.makeFolders(target);
        archive.read(this::put);
    }

    private void put(TarEntry entry, Content content) throws IOException, InterruptedException {
        if (entry.name().isEmpty()) {
            return;
        }
        copy.refuseWhiteout(entry.name());
        int slash = entry.name().lastIndexOf('/');
        String folder = slash < 0 ? "" : entry.name().substring(0, slash);
        String parent = plan.tree().resolve(target + "/" + folder);
        copy.makeFolders(parent);
        String path = (parent.isEmpty() ? "" : parent + "/") + entry.name().substring(slash + 1);
        Owner owner = copy.owner().orElse(new Owner(entry.uid(), entry.gid()));
        FileNode node = entry.type() == TarEntry.Type.HARDLINK
                ? linked(entry)
                : new FileNode(entry.withOwner(owner.uid(), owner.gid()), content);
        own.put(entry.name(), node);
        plan.put(node.at(path));
    }

    private FileNode linked(TarEntry entry) {
        FileNode other = own.get(entry.target());
        if (other == null) {
            throw instruction.refused(
                    "'" + entry.name() + "' in the archive is a link to '" + entry.target() + "', which is not there",
                    "Make the archive again.");
        }
        return other;
    }
}
