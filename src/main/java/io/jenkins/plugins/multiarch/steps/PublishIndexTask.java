package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What {@code publishIndex} does where its registries are reached from. */
record PublishIndexTask(
        String image,
        ArrayList<String> images,
        @CheckForNull String append,
        ArrayList<String> tags,
        boolean immutableTags,
        ArrayList<String> expectedPlatforms,
        ArrayList<String> annotations)
        implements RegistryTask<ReleasedImage> {
    private static final long serialVersionUID = 1L;

    private IndexRequest request() {
        return new IndexRequest(
                        StepArguments.repository(image),
                        ChildImage.parseAll(images),
                        Tag.parseAll(tags),
                        Platform.parseAll(expectedPlatforms),
                        StepArguments.pairs(annotations))
                .withAppend(Optional.ofNullable(append).map(ImageRef::parse))
                .withImmutableTags(immutableTags);
    }

    @Override
    public List<String> registries() {
        IndexRequest request = request();
        return Stream.of(
                        Stream.of(request.repository()),
                        request.append().stream().map(ImageRef::repository),
                        request.images().stream().map(child -> child.image().repository()))
                .flatMap(repositories -> repositories)
                .map(Repository::registry)
                .distinct()
                .toList();
    }

    @Override
    public ReleasedImage run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        return new ReleasedImage(new IndexAssembly(registry, log).publish(request()));
    }
}
