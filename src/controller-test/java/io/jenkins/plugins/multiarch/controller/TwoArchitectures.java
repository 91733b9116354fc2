package io.jenkins.plugins.multiarch.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.build.BuildRequest;
import io.jenkins.plugins.multiarch.build.BuiltImages;
import io.jenkins.plugins.multiarch.build.DaemonlessBuilder;
import io.jenkins.plugins.multiarch.build.IndexAssembly;
import io.jenkins.plugins.multiarch.build.IndexRequest;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.registry.Credentials;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.Registry;
import io.jenkins.plugins.multiarch.tools.RealTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A controller with an agent for each of two architectures, which build in a registry that asks for a login. */
final class TwoArchitectures implements AutoCloseable {
    static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64");

    /** What every build here is told. The password is in the controller's credentials only. */
    static final String ARGUMENTS =
            "agents: ['linux/amd64': 'arch-amd64', 'linux/arm64': 'arch-arm64'], credentialsId: 'registry',"
                    + " network: 'host', emulate: true";

    /** Shows the fields of {@code image} to {@link JenkinsClient.Build#said}. */
    static final String SAY_IMAGE = "echo 'IMAGE ' + groovy.json.JsonOutput.toJson([reference: image.reference,"
            + " digest: image.digest, tags: image.tags, platforms: image.platforms, archive: image.archive,"
            + " revision: image.revision])";

    private final Controller controller;
    private final Path home;
    private final String address;
    private final Repository base;

    private TwoArchitectures(Path home, String address) throws Exception {
        this.home = home;
        this.address = address;
        this.base = newRepository();
        this.controller = new Controller(home);
        controller.start();
        controller.addAgent("arch-amd64");
        controller.addAgent("arch-arm64");
        addCredentials("""
                new com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl(
                    CredentialsScope.GLOBAL, 'registry', '', '%s', '%s')
                """.formatted(RealTools.user(), RealTools.password()));
    }

    /** @param home an empty folder for all that the controller writes */
    static TwoArchitectures start(Path home) throws Exception {
        RealTools.require("arm64", "registry-basic");
        return start(home, RealTools.registry("registry-basic"));
    }

    /** Goes on only where a builder is here; {@code daemonless} is everywhere. */
    static void require(String builder) {
        if (!builder.equals("daemonless")) {
            RealTools.require(builder);
        }
    }

    /** As {@link #start(Path)}, for jobs that get their Pipeline from a Git repository on this machine. */
    static TwoArchitectures startWithGit(Path home) throws Exception {
        RealTools.require("git");
        TwoArchitectures all = start(home);
        try {
            all.client().groovy("hudson.plugins.git.GitSCM.ALLOW_LOCAL_CHECKOUT = true");
            return all;
        } catch (Exception | Error e) {
            all.controller.close();
            throw e;
        }
    }

    /** @param address of a registry to work with, {@code host:port} */
    static TwoArchitectures start(Path home, String address) throws Exception {
        TwoArchitectures all = new TwoArchitectures(home, address);
        try {
            all.pushBase();
            return all;
        } catch (Exception | Error e) {
            all.controller.close();
            throw e;
        }
    }

    Controller controller() {
        return controller;
    }

    JenkinsClient client() {
        return controller.client();
    }

    /** The home of the controller, which has the folders of the agents in it too. */
    Path home() {
        return controller.home();
    }

    /** @param expression makes credentials, in Groovy */
    void addCredentials(String expression) throws Exception {
        client().groovy("""
                        import com.cloudbees.plugins.credentials.*
                        import org.jenkinsci.plugins.plaincredentials.impl.*
                        def provider = SystemCredentialsProvider.instance
                        provider.credentials.add(%s)
                        provider.save()
                        """.formatted(expression.strip()));
    }

    /** A repository that nobody has used before. */
    Repository newRepository() {
        return new Repository(address, "built/" + UUID.randomUUID());
    }

    /** A small root file system for both platforms, with a shell; nobody without the login may read it. */
    String base() {
        return base + ":1";
    }

    Registry registry() {
        return HttpRegistry.builder()
                .plainHttp(Set.of(address))
                .credentials(repository -> Optional.of(Credentials.password(RealTools.user(), RealTools.password())))
                .build();
    }

    private void pushBase() throws Exception {
        Path context = Files.createTempDirectory(home, "base");
        for (String arch : List.of("amd64", "arm64")) {
            Files.copy(RealTools.rootFileSystem(arch), context.resolve("root-" + arch + ".tar"));
        }
        // Unlike any other, as buildah takes what was pulled by the same digest from elsewhere when this cannot be had.
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM scratch\nARG TARGETARCH\nADD root-$TARGETARCH.tar /\nLABEL base=" + base.path() + "\n");
        List<Platform> platforms = Platform.parseAll(PLATFORMS);
        try (BuiltImages images =
                new DaemonlessBuilder(registry(), line -> {}).build(BuildRequest.of(context, platforms))) {
            new IndexAssembly(registry(), line -> {})
                    .publish(new IndexRequest(base, images.push(base), List.of(new Tag("1")), platforms, Map.of()));
        }
    }

    /** Whether this machine has to emulate the platform. */
    static boolean isForeign(String platform) {
        String own = System.getProperty("os.arch").equals("aarch64") ? "linux/arm64" : "linux/amd64";
        return !platform.equals(own);
    }

    /** A step that puts a Dockerfile and a file {@code note} into a workspace and stashes both. */
    static String stash(String name, String dockerfile) {
        return """
                node('arch-amd64') {
                  deleteDir()
                  writeFile file: 'Dockerfile', text: '''%s'''
                  writeFile file: 'note', text: 'noted'
                  stash '%s'
                }
                """.formatted(dockerfile, name);
    }

    /** Lets the builds of an architecture wait, until it is {@link #setOnline online} again. */
    void setOffline(String architecture) throws Exception {
        client().groovy("jenkins.model.Jenkins.get().getComputer('arch-" + architecture
                + "').setTemporaryOfflineCause(new hudson.slaves.OfflineCause.ByCLI('for a test'))");
    }

    void setOnline(String architecture) throws Exception {
        client().groovy("jenkins.model.Jenkins.get().getComputer('arch-" + architecture
                + "').setTemporaryOfflineCause(null)");
    }

    /** Waits until a build's record of a platform says so. */
    void await(String job, String platform, String state) throws Exception {
        Eventually.get(platform + " to be " + state, () -> {
            JenkinsClient client = client();
            String path = "/job/" + job + "/1/multiarch/api/json";
            return client.status(path).filter(status -> status == 200).isPresent()
                            && client.json(path).path("platforms").findParents("platform").stream()
                                    .filter(record ->
                                            record.path("platform").asText().equals(platform))
                                    .anyMatch(record ->
                                            record.path("state").asText().equals(state))
                    ? Optional.of(state)
                    : Optional.empty();
        });
    }

    private List<String> waitingForApproval() throws Exception {
        return client().groovy("""
                        def approval = org.jenkinsci.plugins.scriptsecurity.scripts.ScriptApproval.get()
                        (approval.pendingScripts*.script + approval.pendingSignatures*.signature).each { println it }
                        null
                        """).lines().filter(line -> !line.isBlank()).toList();
    }

    @Override
    public void close() throws Exception {
        try {
            assertThat(waitingForApproval()).isEmpty();
            assertThat(controller.complaintsAboutUs()).isEmpty();
        } finally {
            controller.close();
        }
    }
}
