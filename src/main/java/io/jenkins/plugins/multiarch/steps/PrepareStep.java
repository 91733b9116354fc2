package io.jenkins.plugins.multiarch.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.multiarch.builder.BasePins;
import io.jenkins.plugins.multiarch.builder.BuildPlan;
import io.jenkins.plugins.multiarch.builder.Cache;
import io.jenkins.plugins.multiarch.builder.ChosenBuilder;
import io.jenkins.plugins.multiarch.builder.Commands;
import io.jenkins.plugins.multiarch.builder.InstalledBuilders;
import io.jenkins.plugins.multiarch.image.ImageRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of buildMultiArch that chooses a builder on the agent, and lays ready what it needs. */
public final class PrepareStep extends Step {
    /** The longest Dockerfile that is read, in bytes. */
    private static final int MAX_DOCKERFILE = 1 << 20;

    private final String cell;
    private @CheckForNull String url;
    private @CheckForNull String commit;

    @DataBoundConstructor
    public PrepareStep(String cell) {
        this.cell = cell;
    }

    public String getCell() {
        return cell;
    }

    public @CheckForNull String getUrl() {
        return url;
    }

    /** Where the source was fetched from; what the environment says where this says nothing. */
    @DataBoundSetter
    public void setUrl(@CheckForNull String url) {
        this.url = url;
    }

    public @CheckForNull String getCommit() {
        return commit;
    }

    /** The revision of the source; what the environment says where this says nothing. */
    @DataBoundSetter
    public void setCommit(@CheckForNull String commit) {
        this.commit = commit;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new Execution(BuildCell.parse(cell), this, context);
    }

    private static final class Execution extends ResumableStepExecution<HashMap<String, Object>> {
        private static final long serialVersionUID = 1L;

        private final String cell;
        private final @CheckForNull String url;
        private final @CheckForNull String commit;

        /** What an agent that was lost still builds is not in the way when the platform is built again there. */
        private final String attempt = UUID.randomUUID().toString().substring(0, 8);

        Execution(BuildCell parsed, PrepareStep step, StepContext context) {
            super(context, BuildCell.given(parsed.delivery().credentialsId()).orElse(null));
            this.cell = step.cell;
            this.url = step.url;
            this.commit = step.commit;
        }

        @Override
        HashMap<String, Object> result() throws IOException, InterruptedException {
            BuildCell parsed = BuildCell.parse(cell);
            PreparedCell prepared = carryOut(task());
            new PlatformRecords(getContext().get(Run.class))
                    .building(parsed, getContext().get(Node.class).getDisplayName(), prepared);
            return returned(prepared);
        }

        private RegistryTask<PreparedCell> task() throws IOException, InterruptedException {
            long started = System.currentTimeMillis();
            BuildCell parsed = BuildCell.parse(cell);
            FilePath workspace = getContext().get(FilePath.class);
            EnvVars environment = getContext().get(EnvVars.class);
            String folder = WorkspaceList.tempDir(workspace)
                    .child(parsed.id() + "@" + attempt)
                    .getRemote();
            if (parsed.custom()) {
                return new OwnBuildTask(text(parsed.plan()), folder, started);
            }
            List<String> pulls = registries(parsed, workspace);
            BuildPlan plan = parsed.plan().withLogins(logins(parsed, pulls).plans());
            ChosenBuilder chosen =
                    InstalledBuilders.probe(commands(workspace, environment)).choose(plan);
            return new PrepareTask(
                    text(plan),
                    new String(chosen.toJson(), StandardCharsets.UTF_8),
                    folder,
                    new HashMap<>(environment),
                    new ArrayList<>(pulls),
                    commit == null ? environment.get("GIT_URL", "") : Objects.requireNonNullElse(url, ""),
                    commit == null ? environment.get("GIT_COMMIT", "") : commit,
                    started);
        }

        private static String text(BuildPlan plan) {
            return new String(plan.toJson(), StandardCharsets.UTF_8);
        }

        private Commands commands(FilePath workspace, EnvVars environment) throws IOException, InterruptedException {
            return new LauncherCommands(
                    getContext().get(Launcher.class),
                    environment,
                    workspace,
                    getContext().get(TaskListener.class));
        }

        /** Those that the builder pulls from, that of the image first, as credentials of the step are for that one. */
        private static List<String> registries(BuildCell parsed, FilePath workspace)
                throws IOException, InterruptedException {
            Set<String> registries = new LinkedHashSet<>();
            registries.add(own(parsed));
            registries.addAll(BasePins.registries(parsed.plan(), dockerfile(parsed.plan(), workspace)));
            parsed.plan()
                    .cache()
                    .map(Cache::reference)
                    .map(ImageRef::parse)
                    .ifPresent(cache -> registries.add(cache.repository().registry()));
            return List.copyOf(registries);
        }

        private static String own(BuildCell parsed) {
            return ImageRef.parse(parsed.repository()).repository().registry();
        }

        private static String dockerfile(BuildPlan plan, FilePath workspace) throws IOException, InterruptedException {
            FilePath file = workspace.child(plan.dockerfilePath());
            if (!file.exists()) {
                return "";
            }
            try (InputStream in = file.read()) {
                return new String(in.readNBytes(MAX_DOCKERFILE), StandardCharsets.UTF_8);
            }
        }

        private static BuilderLogins logins(BuildCell parsed, List<String> registries) {
            return BuilderLogins.of(registries, own(parsed), parsed.delivery().credentialsId());
        }

        private HashMap<String, Object> returned(PreparedCell prepared) throws IOException, InterruptedException {
            BuildCell parsed = BuildCell.parse(cell);
            HashMap<String, Object> returned = new HashMap<>();
            returned.put("script", prepared.script().isEmpty() ? null : prepared.script());
            returned.put("label", prepared.buildPlan().platform() + " by " + prepared.builderText());
            returned.put("bindings", bindings(parsed, prepared));
            returned.put("asked", parsed.custom() ? asked(prepared) : null);
            return returned;
        }

        private ArrayList<Map<String, Object>> bindings(BuildCell parsed, PreparedCell prepared)
                throws IOException, InterruptedException {
            BuildSecrets secrets = new BuildSecrets(getContext().get(Run.class));
            ArrayList<Map<String, Object>> bindings = new ArrayList<>();
            prepared.buildPlan()
                    .secrets()
                    .forEach((id, secret) ->
                            bindings.add(secrets.binding(parsed.secrets().get(id), secret)));
            List<String> hosts = prepared.buildPlan().logins().stream()
                    .map(io.jenkins.plugins.multiarch.builder.Login::host)
                    .toList();
            bindings.addAll(logins(parsed, hosts).bindings());
            return bindings;
        }

        /** What a Jenkinsfile's own build is told. */
        private static HashMap<String, Object> asked(PreparedCell prepared) {
            BuildPlan plan = prepared.buildPlan();
            HashMap<String, Object> asked = new HashMap<>();
            asked.put("platform", plan.platform().toString());
            asked.put("os", plan.platform().os());
            asked.put("arch", plan.platform().arch());
            asked.put("variant", plan.name());
            asked.put("archive", prepared.folder() + "/image.tar");
            return asked;
        }
    }

    /** What Jenkins asks about the step. */
    @Extension
    public static final class DescriptorImpl extends PlatformStepDescriptor {

        @Override
        public String getFunctionName() {
            return "multiArchPrepare";
        }

        @Override
        public String getDisplayName() {
            return Messages.PrepareStep_displayName();
        }
    }
}
