package io.jenkins.plugins.multiarch.steps;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.registry.Registry;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;

/** The part of buildMultiArch that makes one image of its platforms, when all of them are there. */
public final class PublishStep extends Step {
    private final String order;
    private final ArrayList<String> built;

    @DataBoundConstructor
    public PublishStep(String order, List<String> built) {
        this.order = order;
        this.built = new ArrayList<>(built);
    }

    public String getOrder() {
        return order;
    }

    public List<String> getBuilt() {
        return built;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(this, context);
    }

    private static final class Execution extends ResumableStepExecution<Serializable> {
        private static final long serialVersionUID = 1L;

        private final String order;
        private final ArrayList<String> built;

        Execution(PublishStep step, StepContext context) {
            super(
                    context,
                    BuildCell.given(PublishOrder.parse(step.order).credentialsId())
                            .orElse(null));
            this.order = step.order;
            this.built = step.built;
        }

        /** The image, or one for each variant by its name. */
        @Override
        Serializable result() throws IOException, InterruptedException {
            LinkedHashMap<String, ReleasedImage> images = carryOut(new Task(order, built));
            ReleasedImage only = images.get("");
            return only == null ? images : only;
        }
    }

    private record Task(String order, ArrayList<String> built)
            implements RegistryTask<LinkedHashMap<String, ReleasedImage>> {
        private static final long serialVersionUID = 1L;

        @Override
        public List<String> registries() {
            return PublishOrder.parse(order).images().stream()
                    .map(image ->
                            ImageRef.parse(image.repository()).repository().registry())
                    .distinct()
                    .toList();
        }

        @Override
        public LinkedHashMap<String, ReleasedImage> run(
                Registry registry, Optional<Path> workspace, Consumer<String> log)
                throws IOException, InterruptedException {
            LinkedHashMap<String, ReleasedImage> images = new LinkedHashMap<>();
            List<BuiltCell> cells = built.stream().map(BuiltCell::parse).toList();
            for (OrderedImage image : PublishOrder.parse(order).images()) {
                List<BuiltCell> own = cells.stream()
                        .filter(cell -> cell.variant().equals(image.variant())
                                && cell.image().isPresent())
                        .toList();
                images.put(image.variant(), publish(image, own, registry, log));
            }
            return images;
        }

        private static ReleasedImage publish(
                OrderedImage image, List<BuiltCell> cells, Registry registry, Consumer<String> log)
                throws IOException, InterruptedException {
            Repository repository = ImageRef.parse(image.repository()).repository();
            List<Platform> platforms = cells.stream().map(BuiltCell::platform).toList();
            if (platforms.isEmpty()) {
                throw new ReleaseException(
                        "No platform of " + repository + " was built.",
                        "Bring an agent online that builds one of them.");
            }
            IndexRequest request = new IndexRequest(
                    repository,
                    cells.stream().map(cell -> child(repository, cell)).toList(),
                    image.tags(),
                    image.wanted(platforms),
                    image.annotations());
            return new ReleasedImage(new IndexAssembly(registry, log).publish(request));
        }

        private static ChildImage child(Repository repository, BuiltCell cell) {
            return new ChildImage(
                    Optional.of(cell.platform()),
                    ImageRef.of(repository, cell.image().orElseThrow().root()));
        }
    }

    /** A part of buildMultiArch, not offered in forms. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor {

        @Override
        public String getFunctionName() {
            return "multiArchPublish";
        }

        @Override
        public String getDisplayName() {
            return Messages.PublishStep_displayName();
        }

        @Override
        public boolean isAdvanced() {
            return true;
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            return null;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }
    }
}
