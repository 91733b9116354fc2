package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.ForeseenIndex;
import io.jenkins.plugins.multiarch.build.PublishedPlatform;
import io.jenkins.plugins.multiarch.builder.BuiltOutput;
import io.jenkins.plugins.multiarch.image.Descriptor;
import io.jenkins.plugins.multiarch.image.ImageIndex;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.layout.OciLayoutWriter;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the builders of this machine left, a platform each.
 *
 * @param temporary their folders
 */
record EngineBuilt(List<BuiltOutput> outputs, Registry registry, Consumer<String> log, Closeable temporary)
        implements Built {

    EngineBuilt {
        outputs = List.copyOf(outputs);
    }

    @Override
    public List<PublishedPlatform> platforms() {
        return outputs.stream()
                .map(output -> new PublishedPlatform(
                        platform(output),
                        output.image().digest(),
                        output.image().size(),
                        output.attestations().stream().map(Descriptor::digest).toList()))
                .toList();
    }

    private static Platform platform(BuiltOutput output) {
        return output.image().platform().orElseThrow();
    }

    @Override
    public Manifest root(String name, List<Platform> expected, Map<String, String> annotations) {
        if (outputs.size() > 1 || !expected.isEmpty()) {
            List<ForeseenIndex.Entry> entries = outputs.stream()
                    .map(output -> new ForeseenIndex.Entry(platform(output), output.image(), output.attestations()))
                    .toList();
            List<Platform> order = expected.isEmpty()
                    ? outputs.stream().map(EngineBuilt::platform).toList()
                    : expected;
            return ForeseenIndex.of(name, entries, order, annotations);
        }
        if (!annotations.isEmpty()) {
            throw new ReleaseException(
                    "An annotation of an index was given, and of one platform no index is made.",
                    "Leave it out, or name the expected platforms to have an index.");
        }
        return outputs.get(0).root();
    }

    @Override
    public List<ChildImage> push(Repository target) throws IOException, InterruptedException {
        List<ChildImage> pushed = new ArrayList<>();
        for (BuiltOutput output : outputs) {
            output.push(registry, target, log);
            pushed.add(new ChildImage(Optional.of(platform(output)), ImageRef.of(target, output.digest())));
        }
        return pushed;
    }

    @Override
    public Descriptor write(OciLayoutWriter layout, Manifest root, String name)
            throws IOException, InterruptedException {
        for (BuiltOutput output : outputs) {
            output.write(layout);
        }
        if (root instanceof ImageIndex) {
            layout.manifest(root);
            layout.image(root.descriptor(), name);
            return root.descriptor();
        }
        Descriptor image = outputs.get(0).image();
        layout.image(image, name);
        return image;
    }

    @Override
    public void close() throws IOException {
        try (temporary) {
            for (BuiltOutput output : outputs) {
                output.close();
            }
        }
    }
}
