package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.registry.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of an image of one platform, as its layers make them one over the other: what {@code docker buildx build
 * --output type=local} writes. Owners stay behind, as they are nobody here, and so do devices.
 */
public final class ImageFiles {
    private static final PosixFilePermission[] PERMISSIONS = {
        PosixFilePermission.OTHERS_EXECUTE,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE
    };

    private final FileTree tree;

    private ImageFiles(FileTree tree) {
        this.tree = tree;
    }

    /**
     * Reads the layers, each once.
     *
     * @param layers the lowest first
     * @param temporary a folder for what has to be unpacked, to be deleted by whoever made it
     */
    public static ImageFiles of(List<Blob> layers, Path temporary) throws IOException, InterruptedException {
        FileTree tree = FileTree.empty();
        for (Blob layer : layers) {
            String what = "The layer " + layer.descriptor().digest();
            new Extraction(new Archive(what, layer::open, Optional.empty(), temporary), tree).run();
        }
        return new ImageFiles(tree);
    }

    /**
     * Writes them into a folder. Links are written last, so that no file goes where one leads.
     *
     * @param folder to be made
     * @return the paths of the files that are neither folders nor links, below the folder
     * @throws ReleaseException before anything is written, if this machine cannot write a name
     */
    public List<String> write(Path folder) throws IOException, InterruptedException {
        List<Place> places =
                tree.all().stream().map(node -> Place.of(node, folder)).toList();
        Files.createDirectories(folder);
        List<String> files = new ArrayList<>();
        for (Place place : places) {
            if (place.node().isFolder()) {
                Files.createDirectories(place.path());
            } else if (place.node().entry().isFile()) {
                write(place.node(), place.path());
                files.add(place.node().entry().name());
            }
        }
        for (Place place : places) {
            if (place.node().isLink()) {
                Files.createSymbolicLink(place.path(), place.target());
            }
        }
        return List.copyOf(files);
    }

    /** Where a file goes and, if it is a link, leads, in the encoding of the language that Java was started with. */
    private record Place(FileNode node, Path path, Path target) {
        static Place of(FileNode node, Path folder) {
            try {
                TarEntry entry = node.entry();
                return new Place(node, folder.resolve(entry.name()), Path.of(entry.target()));
            } catch (InvalidPathException e) {
                throw new ReleaseException(
                        "The file '" + Shown.of(node.entry().name())
                                + "' of the image cannot be written on this machine,"
                                + " whose encoding lacks a character of its name or of the link's target.",
                        "Start the agent with LANG=C.UTF-8 in its environment, or leave out the output local.");
            }
        }
    }

    private static void write(FileNode node, Path place) throws IOException, InterruptedException {
        try (InputStream content = node.content().open()) {
            Files.copy(content, place);
        }
        Files.setPosixFilePermissions(place, permissions(node.entry()));
    }

    /** Its own may always be read and replaced here, whatever they may be in the image. */
    private static Set<PosixFilePermission> permissions(TarEntry entry) {
        Set<PosixFilePermission> permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        for (int bit = 0; bit < PERMISSIONS.length; bit++) {
            if ((entry.mode() & 1 << bit) != 0) {
                permissions.add(PERMISSIONS[bit]);
            }
        }
        return permissions;
    }
}
