package io.jenkins.plugins.multiarch.steps;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.MasterToSlaveFileCallable;

/** The files below a folder, sorted; links are none, wherever they lead. */
final class RegularFiles extends MasterToSlaveFileCallable<ArrayList<String>> {
    private static final long serialVersionUID = 1L;

    @Override
    public ArrayList<String> invoke(File folder, VirtualChannel channel) throws IOException {
        Path root = folder.toPath();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }
}
