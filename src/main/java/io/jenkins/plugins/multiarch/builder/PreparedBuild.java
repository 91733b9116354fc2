package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.build.BuildContext;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The files that a build needs beside the workspace, which stays as it is. */
public final class PreparedBuild {
    private static final String OWNER_ONLY = "rwx------";
    private static final List<String> EARLIER = List.of(
            BuildFolder.LAYOUT,
            BuildFolder.ARCHIVE,
            BuildFolder.SAVED,
            BuildFolder.METADATA,
            BuildFolder.ARTIFACTS,
            BuildFolder.SECRETS);

    private final BuildPlan plan;
    private final ChosenBuilder chosen;
    private final WorkspacePaths paths;
    private final BuildFolder folder;

    private PreparedBuild(BuildPlan plan, ChosenBuilder chosen, WorkspacePaths paths, BuildFolder folder) {
        this.plan = plan;
        this.chosen = chosen;
        this.paths = paths;
        this.folder = folder;
    }

    /**
     * Writes the files that the script needs into the private folder.
     *
     * @param folder made if it is not there, for this user alone
     * @param environment that the script will run in; the user's own docker configuration is found by it
     * @throws ReleaseException if a path of the plan leads out of the workspace or to nothing
     */
    public static void prepare(
            Path workspace, Path folder, BuildPlan plan, ChosenBuilder chosen, Map<String, String> environment)
            throws IOException {
        refuseOddPath(folder);
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
        PreparedBuild build = new PreparedBuild(plan, chosen, WorkspacePaths.of(workspace), new BuildFolder(folder));
        build.checkPaths();
        build.forgetEarlier();
        build.write();
        if (!plan.logins().isEmpty() && chosen.kind() != BuilderKind.DAEMONLESS) {
            new LoginFiles(plan.logins(), environment).write(folder);
        }
    }

    /** The tools part lists by these characters. */
    private static void refuseOddPath(Path folder) {
        if (folder.toString().matches("(?s).*[,:\"\\p{Cntrl}].*")) {
            throw new ReleaseException(
                    "'" + Shown.of(folder.toString()) + "' cannot hold a build: its path has ',', ':' or '\"'.",
                    "Give the job or the workspace another name.");
        }
    }

    private void checkPaths() throws IOException {
        paths.folder(plan.context(), "The context");
        paths.file(plan.dockerfilePath(), "The Dockerfile");
        for (Map.Entry<String, String> context : plan.contexts().entrySet()) {
            BuildContext source = BuildContext.parse(context.getValue());
            if (source instanceof BuildContext.Folder named) {
                paths.folder(named.path().toString(), "The build context");
            } else if (source instanceof BuildContext.LayoutImage layout) {
                paths.inside(layout.path().toString(), "The build context");
            }
        }
    }

    /** What another attempt in the same folder left would be taken for the result of this one, or for what it was given. */
    private void forgetEarlier() throws IOException {
        for (String name : EARLIER) {
            Path old = folder.file(name);
            if (Files.exists(old)) {
                try (Stream<Path> files = Files.walk(old)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private void write() throws IOException {
        String name = "multiarch-build:" + UUID.randomUUID();
        Files.writeString(folder.file(BuildFolder.NAME), name + "\n");
        if (!plan.prebuilt().isEmpty()) {
            PrebuiltPrograms.arrange(paths, plan, folder.file(BuildFolder.ARTIFACTS));
        }
        boolean daemonless = chosen.kind() == BuilderKind.DAEMONLESS;
        if (!daemonless && !chosen.can(Feature.NAMED_CONTEXTS) && PinnedDockerfile.isNeeded(plan)) {
            writeDockerfile(name);
        }
    }

    private void writeDockerfile(String name) throws IOException {
        Path original = paths.file(plan.dockerfilePath(), "The Dockerfile");
        byte[] content = DockerfileContent.read(original);
        Files.write(folder.file(BuildFolder.DOCKERFILE), new PinnedDockerfile(plan, name).rewrite(content));
        Files.writeString(folder.file(BuildFolder.CONTEXT_DOCKERFILE), "FROM scratch\nCOPY . /\n");
        Path ignored = original.resolveSibling(original.getFileName() + ".dockerignore");
        if (Files.isRegularFile(ignored)) {
            Files.copy(
                    ignored,
                    folder.file(BuildFolder.DOCKERFILE + ".dockerignore"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
