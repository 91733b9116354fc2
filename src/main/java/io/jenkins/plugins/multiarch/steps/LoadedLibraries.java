package io.jenkins.plugins.multiarch.steps;

import hudson.EnvVars;
import hudson.Util;
import hudson.model.EnvironmentContributor;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.attest.ResourceDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shared libraries that a Pipeline loaded so far. Those from a cache are checked out by nobody, so they are listed by
 * their names and versions.
 */
final class LoadedLibraries {
    /** The plugin of shared libraries need not be there. What it says of them to all builds is asked of it alone. */
    private static final String PLUGIN = "org.jenkinsci.plugins.workflow.libs.";

    private static final Pattern VERSION = Pattern.compile("library\\.(.+)\\.version");

    private LoadedLibraries() {}

    static List<ResourceDescriptor> of(Run<?, ?> run) throws IOException, InterruptedException {
        EnvVars said = new EnvVars();
        for (EnvironmentContributor contributor : EnvironmentContributor.all()) {
            if (contributor.getClass().getName().startsWith(PLUGIN)) {
                contributor.buildEnvironmentFor(run, said, TaskListener.NULL);
            }
        }
        List<ResourceDescriptor> libraries = new ArrayList<>();
        for (Map.Entry<String, String> variable : said.entrySet()) {
            Matcher library = VERSION.matcher(variable.getKey());
            if (library.matches()) {
                libraries.add(descriptor(library.group(1), variable.getValue()));
            }
        }
        return libraries;
    }

    private static ResourceDescriptor descriptor(String name, String version) {
        String uri = "jenkins-library:" + Util.rawEncode(name) + "@" + Util.rawEncode(version);
        return new ResourceDescriptor(name, uri, Map.of(), Map.of("version", version));
    }
}
