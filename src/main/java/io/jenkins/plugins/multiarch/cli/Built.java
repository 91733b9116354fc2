package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.PublishedPlatform;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The images of all platforms, built and not yet anywhere else, whatever built them. */
interface Built extends Closeable {

    /** Builds all of them. */
    interface Source {
        Built build() throws IOException, InterruptedException;
    }

    /** In the order of the platforms asked for. */
    List<PublishedPlatform> platforms();

    /** What a name or tag leads to, as {@link io.jenkins.plugins.multiarch.build.BuiltImages#root} says it. */
    Manifest root(String name, List<Platform> expected, Map<String, String> annotations);

    /** Pushes them by their digests. */
    List<ChildImage> push(Repository target) throws IOException, InterruptedException;

    /** Writes them into a layout, under one name that leads to the root. */
    Descriptor write(OciLayoutWriter layout, Manifest root, String name) throws IOException, InterruptedException;
}
