package io.jenkins.plugins.multiarch.harness;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Puts beside the test classes what the test harness looks for there: {@code the.hpl}, which is this plugin unpacked,
 * and {@code test-dependencies/}, the plugins of the class path as .hpi with an index.
 *
 * <p>Arguments: the build directory, the local Maven repository, and the address of the repository that holds the
 * plugins.
 */
final class HarnessPlugins {

    private final Path testClasses;
    private final Path localRepository;
    private final URI repository;

    HarnessPlugins(Path testClasses, Path localRepository, String repository) {
        this.testClasses = testClasses;
        this.localRepository = localRepository;
        this.repository = URI.create(repository.endsWith("/") ? repository : repository + "/");
    }

    public static void main(String[] arguments) throws IOException {
        Path build = Path.of(arguments[0]);
        HarnessPlugins plugins = new HarnessPlugins(build.resolve("test-classes"), Path.of(arguments[1]), arguments[2]);
        plugins.writeThisPlugin(build);
        plugins.copyPluginsOfTheClassPath();
    }

    private void writeThisPlugin(Path build) throws IOException {
        Manifest manifest = new Manifest();
        try (InputStream in = Files.newInputStream(build.resolve("plugin-manifest/META-INF/MANIFEST.MF"))) {
            manifest.read(in);
        }
        Path webapp = Files.createDirectories(build.resolve("webapp"));
        manifest.getMainAttributes()
                .putValue("Libraries", build.resolve("classes").toString());
        manifest.getMainAttributes().putValue("Resource-Path", webapp.toString());
        try (OutputStream out = Files.newOutputStream(testClasses.resolve("the.hpl"))) {
            manifest.write(out);
        }
    }

    private void copyPluginsOfTheClassPath() throws IOException {
        Path folder = Files.createDirectories(testClasses.resolve("test-dependencies"));
        Set<String> names = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            if (jar.startsWith(localRepository) && isPlugin(jar)) {
                String name = jar.getParent().getParent().getFileName().toString();
                Files.copy(hpiBeside(jar), folder.resolve(name + ".hpi"), StandardCopyOption.REPLACE_EXISTING);
                names.add(name);
            }
        }
        Files.write(folder.resolve("index"), names);
    }

    /** Maven brought the jar of the plugin; the .hpi lies beside it in the repository under the same name. */
    private Path hpiBeside(Path jar) throws IOException {
        Path hpi = jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".hpi"));
        if (!Files.exists(hpi)) {
            URI address = repository.resolve(
                    localRepository.relativize(hpi).toString().replace(File.separatorChar, '/'));
            try (InputStream in = address.toURL().openStream()) {
                Files.copy(in, hpi);
            }
        }
        return hpi;
    }

    private static boolean isPlugin(Path jar) throws IOException {
        if (!jar.getFileName().toString().endsWith(".jar")
                || jar.getFileName().toString().endsWith("-tests.jar")) {
            return false;
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
            return attributes.getValue("Short-Name") != null && attributes.getValue("Plugin-Version") != null;
        }
    }
}
