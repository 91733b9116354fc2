package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.promote.Copier;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Copies images for a promotion, whose tags move elsewhere. A refusal is its result, as the promotion may go on without the
 * mirror that refused.
 *
 * @param registries all of the promotion
 * @param copies the repositories that an image goes to, by its reference with digest
 */
record CopyTask(ArrayList<String> registries, LinkedHashMap<String, ArrayList<String>> copies)
        implements RegistryTask<Answer> {
    private static final long serialVersionUID = 1L;

    static CopyTask of(List<String> registries, List<Copier.Copy> copies) {
        LinkedHashMap<String, ArrayList<String>> targets = new LinkedHashMap<>();
        copies.forEach(copy -> targets.computeIfAbsent(copy.image().toString(), image -> new ArrayList<>())
                .add(copy.target().toString()));
        return new CopyTask(new ArrayList<>(registries), targets);
    }

    @Override
    public Answer run(Registry registry, Optional<Path> workspace, Consumer<String> log)
            throws IOException, InterruptedException {
        List<Copier.Copy> all = new ArrayList<>();
        for (Map.Entry<String, ArrayList<String>> image : copies.entrySet()) {
            image.getValue()
                    .forEach(target ->
                            all.add(new Copier.Copy(ImageRef.parse(image.getKey()), StepArguments.repository(target))));
        }
        return Answer.to(() -> {
            Copier.here(registry, log).bring(all);
            return true;
        });
    }
}
