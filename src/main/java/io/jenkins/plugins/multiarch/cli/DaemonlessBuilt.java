package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.PublishedPlatform;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What the daemonless builder made of all platforms at once, layers that are the same only once. */
record DaemonlessBuilt(BuiltImages images) implements Built {

    @Override
    public List<PublishedPlatform> platforms() {
        return images.images().stream()
                .map(image -> new PublishedPlatform(
                        image.platform(), image.digest(), image.manifest().bytes().length, List.of()))
                .toList();
    }

    @Override
    public Manifest root(String name, List<Platform> expected, Map<String, String> annotations) {
        return images.root(name, expected, annotations);
    }

    @Override
    public List<ChildImage> push(Repository target) throws InterruptedException {
        return images.push(target);
    }

    @Override
    public Descriptor write(OciLayoutWriter layout, Manifest root, String name)
            throws IOException, InterruptedException {
        return images.write(layout, root, name);
    }

    @Override
    public void close() throws IOException {
        images.close();
    }
}
