package io.jenkins.plugins.multiarch.steps;

import hudson.Util;
import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.attest.ResourceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The shared libraries that a Pipeline loaded so far. Those from a cache are checked out by nobody, so they are listed by
 * their names and versions. Of a library that it brings itself, by a retriever, a script chooses both.
 */
final class LoadedLibraries {
    /** The plugin of shared libraries need not be there, so what it keeps with a build is asked by its name. */
    private static final String KEPT = "org.jenkinsci.plugins.workflow.libs.LibrariesAction";

    private LoadedLibraries() {}

    static List<ResourceDescriptor> of(Run<?, ?> run) {
        List<ResourceDescriptor> libraries = new ArrayList<>();
        for (Action action : run.getAllActions()) {
            if (action.getClass().getName().equals(KEPT) && read(action, "getLibraries") instanceof List<?> all) {
                all.forEach(library -> libraries.add(descriptor(library)));
            }
        }
        return libraries;
    }

    private static ResourceDescriptor descriptor(Object library) {
        String name = String.valueOf(read(library, "getName"));
        String version = String.valueOf(read(library, "getVersion"));
        Map<String, String> annotations = new TreeMap<>(Map.of("version", version));
        if (!Boolean.TRUE.equals(read(library, "isTrusted"))) {
            annotations.put("saidBy", "pipeline");
        }
        String uri = "jenkins-library:" + Util.rawEncode(name) + "@" + Util.rawEncode(version);
        return new ResourceDescriptor(name, uri, Map.of(), annotations);
    }

    private static Object read(Object from, String getter) {
        try {
            return from.getClass().getMethod(getter).invoke(from);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The plugin of shared libraries is of a version that we do not know.", e);
        }
    }
}
