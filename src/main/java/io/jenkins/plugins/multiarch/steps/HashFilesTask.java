package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.attest.FileSigning;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at the files of the workspace that are to be signed, or about which something is.
 *
 * @param signed whether themselves; what cannot be signed is refused here already, before anything is
 */
record HashFilesTask(ArrayList<String> paths, boolean signed) implements RegistryTask<ArrayList<HashedFile>> {
    private static final long serialVersionUID = 1L;

    private static final int CHUNK = 1 << 16;
    private static final byte[] NONE = new byte[0];

    @Override
    public List<String> registries() {
        return List.of();
    }

    @Override
    public ArrayList<HashedFile> run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException {
        ArrayList<HashedFile> files = new ArrayList<>();
        long beside = 0;
        for (String path : paths) {
            HashedFile file = hashed(workspace, path);
            beside += file.bundle().length + file.statements().length;
            FilesTask.refuseTooMany(beside, Statement.MAX_SIZE);
            files.add(file);
        }
        return files;
    }

    /**
     * What an agent answered, which may be another than ours: it has no say in what is signed but by the bytes of a file.
     *
     * @throws ReleaseException if it speaks of other files, or has more beside one than is taken
     */
    List<HashedFile> checked(List<HashedFile> answer) {
        if (answer.size() != paths.size()) {
            throw new ReleaseException(
                    "The agent answered with " + answer.size() + " files to sign where it was asked for " + paths.size()
                            + ".",
                    "Find out what runs on this agent: ours answers with all of them and no other.");
        }
        long beside = 0;
        for (int i = 0; i < paths.size(); i++) {
            HashedFile file = answer.get(i);
            if (file == null
                    || !file.isOf(paths.get(i))
                    || Math.max(file.bundle().length, file.statements().length) > Statement.MAX_SIZE) {
                throw FilesTask.strange(paths.get(i), Statement.MAX_SIZE);
            }
            beside += file.bundle().length + file.statements().length;
            FilesTask.refuseTooMany(beside, Statement.MAX_SIZE);
        }
        return answer;
    }

    private HashedFile hashed(Optional<Path> workspace, String path) throws IOException {
        Path file = FilesTask.file(workspace, path, "files", "build/app.tar");
        MessageDigest hasher = Digest.hasher("sha256");
        long size = 0;
        try (InputStream content = Files.newInputStream(file);
                InputStream in = signed ? FileSigning.checked(content) : content) {
            byte[] chunk = new byte[CHUNK];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                hasher.update(chunk, 0, count);
                size += count;
            }
        }
        String digest = Digest.finish("sha256", hasher.digest()).toString();
        HashedFile hashed = new HashedFile(path, digest, size, NONE, NONE);
        return new HashedFile(
                path, digest, size, before(workspace, hashed.bundlePath()), before(workspace, hashed.statementsPath()));
    }

    /** What lies beside it already. */
    private static byte[] before(Optional<Path> workspace, String path) throws IOException {
        Path there = WorkspacePath.inside(workspace.orElseThrow(), Path.of(path), "files", "build/app.tar");
        return Files.exists(there)
                ? FilesTask.read(FilesTask.file(workspace, path, "files", "build/app.tar"), path, Statement.MAX_SIZE)
                : NONE;
    }
}
