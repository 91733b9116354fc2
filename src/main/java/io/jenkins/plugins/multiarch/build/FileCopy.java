package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Copies files and folders into a stage by the rules of COPY (BuildKit's, as in fsutil): of a folder what is in it, into a
 * folder that is there or is written with a slash; links are followed where they are named and kept where they are found
 * inside a folder; folders on the way are made.
 */
final class FileCopy {
    private final Instruction instruction;
    private final SourceTree source;
    private final LayerPlan plan;
    private final Optional<Owner> owner;
    private final OptionalInt mode;

    /**
     * @param owner whose the copies are, or as in the source
     * @param mode the permission bits of the copies, or as in the source
     */
    FileCopy(Instruction instruction, SourceTree source, LayerPlan plan, Optional<Owner> owner, OptionalInt mode) {
        this.instruction = instruction;
        this.source = source;
        this.plan = plan;
        this.owner = owner;
        this.mode = mode;
    }

    Optional<Owner> owner() {
        return owner;
    }

    /** The paths that a source with wildcards means, sorted; a source without is itself. */
    List<String> matches(String pattern) throws IOException, InterruptedException {
        List<String> found = List.of("");
        boolean wild = false;
        for (String part : parts(pattern)) {
            wild |= NamePattern.isPattern(part);
            found = NamePattern.isPattern(part) ? matching(found, part) : appended(found, part, wild);
        }
        return found;
    }

    private List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..") && parts.isEmpty()) {
                throw instruction.refused(
                        "'" + Shown.of(path) + "' leads out of what is copied from",
                        "Copy from a folder above it, for example by a named context.");
            }
            if (part.equals("..")) {
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    private List<String> matching(List<String> folders, String part) throws IOException, InterruptedException {
        NamePattern pattern = NamePattern.of(part, instruction);
        List<String> found = new ArrayList<>();
        for (String folder : folders) {
            String real = source.resolve(folder);
            if (source.find(real).filter(FileNode::isFolder).isPresent()) {
                for (String name : source.children(real)) {
                    if (pattern.matches(name)) {
                        found.add(joined(folder, name));
                    }
                }
            }
        }
        return found;
    }

    /** What a wildcard before it found has to be there, what was named is refused later if it is not. */
    private List<String> appended(List<String> folders, String part, boolean onlyIfThere)
            throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        for (String folder : folders) {
            String path = joined(folder, part);
            if (!onlyIfThere || source.find(source.resolve(path)).isPresent()) {
                found.add(path);
            }
        }
        return found;
    }

    private static String joined(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** What is at a source path, or where it leads as a link. */
    FileNode sourceNode(String path) throws IOException, InterruptedException {
        return source.find(source.resolve(path))
                .orElseThrow(() -> instruction.refused(
                        "'" + Shown.of(path) + "' is not there, or .dockerignore keeps it out",
                        "Check the path; it begins at the context, or at the root of what --from names."));
    }

    /**
     * Copies one source.
     *
     * @param into whether the destination is written as a folder, with a slash
     */
    void copy(String path, String destination, boolean into) throws IOException, InterruptedException {
        FileNode node = sourceNode(path);
        if (into) {
            makeFolders(plan.tree().resolve(destination));
        }
        String target = plan.tree().resolve(destination);
        Optional<FileNode> there = plan.tree().find(target);
        if (node.isFolder()) {
            makeFolders(there.isPresent() ? parent(target) : target);
            copyFolder(source.resolve(path), node, target, false);
            return;
        }
        String named = there.filter(FileNode::isFolder).isPresent() ? joined(target, base(path)) : target;
        makeFolders(parent(named));
        copyFile(node, named);
    }

    /** Makes folders as COPY makes those that are not there. */
    void makeFolders(String path) {
        Optional<String> obstacle = plan.obstacle(path);
        if (obstacle.isPresent()) {
            throw instruction.refused(
                    "'/" + Shown.of(obstacle.get()) + "' is not a folder, so nothing can be copied into it",
                    "Copy to another place.");
        }
        plan.putFolders(path, owner.orElse(Owner.ROOT));
    }

    private void copyFolder(String from, FileNode folder, String target, boolean inside)
            throws IOException, InterruptedException {
        Optional<FileNode> there = plan.tree().find(target);
        if (there.isPresent() && !there.get().isFolder()) {
            throw instruction.refused(
                    "the folder '" + Shown.of(from) + "' cannot be copied over '/" + Shown.of(target)
                            + "', which is no folder",
                    "Copy what is in it to where that leads, or to another place.");
        }
        if (inside) {
            plan.put(changed(folder).at(target));
        }
        for (String name : source.children(from)) {
            String child = joined(from, name);
            FileNode node = source.find(child).orElseThrow(() -> gone(child));
            if (node.isFolder()) {
                copyFolder(child, node, joined(target, name), true);
            } else {
                copyFile(node, joined(target, name));
            }
        }
    }

    private IOException gone(String path) {
        return new IOException("'" + path + "' was there and is gone");
    }

    private void copyFile(FileNode node, String target) {
        if (plan.tree().find(target).filter(FileNode::isFolder).isPresent()) {
            throw instruction.refused(
                    "'/" + Shown.of(target) + "' is a folder and cannot be replaced by a file",
                    "Copy to another place.");
        }
        plan.put(changed(node).at(target));
    }

    private FileNode changed(FileNode node) {
        refuseWhiteout(node.entry().name());
        io.jenkins.plugins.multiarch.layout.TarEntry entry = node.entry();
        if (owner.isPresent()) {
            entry = entry.withOwner(owner.get().uid(), owner.get().gid());
        }
        boolean permitted = mode.isPresent() && !node.isLink();
        return new FileNode(permitted ? entry.withMode(mode.getAsInt()) : entry, node.content());
    }

    /** A layer cannot hold a file of such a name: it would delete another (OCI image-spec 1.1, "Whiteouts"). */
    void refuseWhiteout(String name) {
        if (base(name).startsWith(".wh.")) {
            throw instruction.refused(
                    "'" + Shown.of(name) + "' begins with '.wh.', which in a layer deletes a file",
                    "Keep it out by .dockerignore, or rename it.");
        }
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
