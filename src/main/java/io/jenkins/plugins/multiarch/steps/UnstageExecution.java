package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Run;
import hudson.remoting.RemoteInputStream;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.staging.ContainerTool;
import io.jenkins.plugins.multiarch.staging.StageRecord;
import io.jenkins.plugins.multiarch.staging.StagedPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import jenkins.util.VirtualFile;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Brings a staged image to the node and makes of it what was asked for.
 *
 * <p>Archives come from the store of artifacts itself where it has addresses, as S3 does, and through the controller where
 * it has none.
 */
final class UnstageExecution extends HandOverExecution<UnstagedImage> {
    private static final long serialVersionUID = 1L;

    private final UnstageImageStep step;

    /** The build that it is taken from; "the last" one stays the same when the step runs again. */
    private String source = "";

    UnstageExecution(UnstageImageStep step, StepContext context) {
        super(context, step.getCredentialsId());
        this.step = step;
    }

    @Override
    String function() {
        return "unstageImage";
    }

    @Override
    void begin() throws IOException, InterruptedException {
        StageRecord.checkedName(StepArguments.required(step.getName(), "name", "app"));
        step.request().refuseUnclear();
        if (step.getImage() != null) {
            PullRequests.refuse(getContext(), "unstageImage with an image");
        }
        source = new StagedSource(getContext().get(Run.class), Jenkins.getAuthentication2())
                .find(step.getFrom(), step.getBuild())
                .getExternalizableId();
    }

    @Override
    UnstagedImage handOver(FilePath workspace, FilePath folder) throws IOException, InterruptedException {
        StagedImages images = new StagedImages(build());
        StageRecord record = images.record(step.getName());
        HashMap<String, byte[]> documents = new HashMap<>(record.documents());
        String where = images.described(record);
        for (StagedPlatform platform : needed(record, workspace)) {
            fetch(images.archive(record, platform.archive()), documents, platform, where, folder);
        }
        UnstagedImage image =
                workspace.act(call(new UnstageTask(step.request(), documents, where, folder.getRemote())));
        if (!image.getLoaded().isEmpty()) {
            tool(folder).load(folder.child(UnstageTask.TO_LOAD).getRemote(), image.getLoaded());
        }
        return image;
    }

    private Run<?, ?> build() {
        Run<?, ?> build = Run.fromExternalizableId(source);
        if (build == null) {
            throw StagedSource.gone(source.replace("#", " #"));
        }
        return build;
    }

    private List<StagedPlatform> needed(StageRecord record, FilePath workspace)
            throws IOException, InterruptedException {
        if (!step.request().loadsOnly()) {
            return record.platforms();
        }
        Optional<Platform> asked = step.request().asked();
        Platform platform =
                asked.isPresent() ? asked.get() : Platform.parse(workspace.act(call(new PlatformOfTheNode())));
        return List.of(record.platform(platform));
    }

    private void fetch(
            VirtualFile archive,
            HashMap<String, byte[]> documents,
            StagedPlatform platform,
            String where,
            FilePath folder)
            throws IOException, InterruptedException {
        @CheckForNull URL address = archive.toExternalURL();
        String name = platform.platform().toString();
        if (address != null) {
            folder.act(call(new FetchTask(documents, name, where, null, address)));
            return;
        }
        try (InputStream content = archive.open()) {
            RemoteInputStream remote = new RemoteInputStream(content, RemoteInputStream.Flag.GREEDY);
            folder.act(call(new FetchTask(documents, name, where, remote, null)));
        }
    }

    private record PlatformOfTheNode() implements RegistryTask<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public List<String> registries() {
            return List.of();
        }

        @Override
        public String run(Registry registry, Optional<Path> workspace, Consumer<String> log) {
            return ContainerTool.platformHere().toString();
        }
    }
}
