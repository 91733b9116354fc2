package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs that were compiled before the image is built, arranged so that a Dockerfile finds them by TARGETARCH. */
final class PrebuiltPrograms {
    private static final String MODE = "rwxr-xr-x";

    private PrebuiltPrograms() {}

    /** Copies the programs for the plan's platform to {@code ARCH/…}, with mode 755 and their own times. */
    static void arrange(WorkspacePaths paths, BuildPlan plan, Path artifacts) throws IOException {
        Path source = paths.folder(folder(plan), "The folder of prebuilt programs");
        Path target = Files.createDirectories(artifacts.resolve(plan.platform().arch()));
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.sorted().toList()) {
                copy(paths, file, target.resolve(source.relativize(file).toString()));
            }
        }
    }

    private static String folder(BuildPlan plan) {
        List<Platform> there = plan.prebuilt().keySet().stream()
                .map(TargetTriple::platform)
                .sorted()
                .toList();
        return plan.prebuilt().entrySet().stream()
                .filter(entry -> TargetTriple.platform(entry.getKey()).satisfies(plan.platform()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new ReleaseException(
                        "There are prebuilt programs for " + Platform.list(there) + ", and none for " + plan.platform()
                                + ".",
                        "Name the folder of those for " + plan.platform() + " too, or leave that platform out."));
    }

    private static void copy(WorkspacePaths paths, Path file, Path target) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(target);
            return;
        }
        Path program = paths.file(file.toString(), "The prebuilt program");
        Files.copy(program, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(MODE));
    }
}
