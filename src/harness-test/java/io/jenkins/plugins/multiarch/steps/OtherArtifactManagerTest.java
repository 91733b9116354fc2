package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.BuildListener;
import hudson.model.Label;
import hudson.model.Run;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import jenkins.model.ArtifactManager;
import jenkins.model.ArtifactManagerConfiguration;
import jenkins.model.ArtifactManagerFactory;
import jenkins.model.ArtifactManagerFactoryDescriptor;
import jenkins.model.StandardArtifactManager;
import jenkins.util.VirtualFile;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Artifacts are kept by a store with addresses of its own, as S3 has them, which agents read without the controller. */
@WithJenkins
class OtherArtifactManagerTest {
    private static volatile String store;
    private static volatile String fault;

    private JenkinsRule j;
    private HttpServer server;
    private FakeRegistry registry;
    private Manifest image;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        j = rule;
        fault = "";
        ArtifactManagerConfiguration.get().getArtifactManagerFactories().add(new Factory());
        registry = FakeRegistry.start();
        image = registry.addImage("acme/app", "1.4", "linux/amd64", "linux/arm64");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            byte[] body = Files.readAllBytes(Path.of(exchange.getRequestURI().getPath()));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        registry.close();
    }

    private String stage() {
        return "stageImage name: 'app', image: '" + registry.repository("acme/app") + ":1.4'";
    }

    @Test
    void fetchesArchivesFromTheStoreItself() throws Exception {
        j.createOnlineSlave(Label.get("linux"));

        Pipelines.succeeds(
                j,
                "node('linux') { " + stage() + "\n unstageImage name: 'app', image: '"
                        + registry.repository("mirror/app") + "', tags: ['1.4'] }");

        assertThat(registry.tagged("mirror/app", "1.4")).contains(image.digest());
    }

    @Test
    void saysThatTheStoreIsFull() throws Exception {
        fault = "archive";

        WorkflowRun build = Pipelines.isRefused(j, "node { " + stage() + " }");

        j.assertLogContains(
                "ERROR: stageImage could not move its files: IOException No space left on device. Check the free space of"
                        + " the node and of what keeps the artifacts, then run the step again.",
                build);
    }

    @Test
    void saysWhereTheArchiveOfAPruningIsWhenTheStoreIsFull() throws Exception {
        registry.addImage("acme/app", "1.5", "linux/amd64");
        fault = "archive";

        WorkflowRun build = Pipelines.isRefused(
                j,
                "pruneVersions repositories: ['" + registry.repository("acme/app") + "'], keep: ['*=1'], apply: 'now'");

        j.assertLogContains(
                "ERROR: pruned/pruned.jsonl could not be kept among the artifacts: IOException No space left on device. Take it"
                        + " from multiarch-release/prune/",
                build);
        j.assertLogContains("in the folder of the build on the controller, and make room for artifacts.", build);
        assertThat(registry.tags("acme/app")).containsExactly("1.5");
        try (var files = Files.walk(build.getRootDir().toPath().resolve("multiarch-release/prune"))) {
            assertThat(files).anyMatch(file -> file.endsWith("pruned.jsonl"));
        }
    }

    @Test
    void saysThatTheStoreDoesNotAnswer() throws Exception {
        fault = "root";

        WorkflowRun build =
                Pipelines.isRefused(j, "node { " + stage() + "\n unstageImage name: 'app', archive: 'image.tar' }");

        j.assertLogContains(
                "ERROR: The artifacts of release #1 (0 minutes old) could not be read: IOException Connection reset. Look at"
                        + " what keeps them, a disk or a store such as S3, then run the step again.",
                build);
    }

    public static final class Factory extends ArtifactManagerFactory {
        @Override
        public ArtifactManager managerFor(Run<?, ?> build) {
            return new Store(build);
        }

        @TestExtension
        public static final class DescriptorImpl extends ArtifactManagerFactoryDescriptor {}
    }

    public static final class Store extends StandardArtifactManager {
        Store(Run<?, ?> build) {
            super(build);
        }

        @Override
        public void archive(
                FilePath workspace, Launcher launcher, BuildListener listener, Map<String, String> artifacts)
                throws IOException, InterruptedException {
            if (fault.equals("archive")) {
                throw new IOException("No space left on device");
            }
            super.archive(workspace, launcher, listener, artifacts);
        }

        @Override
        public VirtualFile root() {
            return new Addressed(super.root());
        }
    }

    /** A file that has an address; what is large cannot be had otherwise. */
    private static final class Addressed extends VirtualFile {
        private static final long serialVersionUID = 1L;

        private final VirtualFile file;

        Addressed(VirtualFile file) {
            this.file = file;
        }

        @Override
        public String getName() {
            return file.getName();
        }

        @Override
        public URI toURI() {
            return file.toURI();
        }

        @Override
        public VirtualFile getParent() {
            return new Addressed(file.getParent());
        }

        @Override
        public boolean isDirectory() throws IOException {
            return file.isDirectory();
        }

        @Override
        public boolean isFile() throws IOException {
            if (fault.equals("root")) {
                throw new IOException("Connection reset");
            }
            return file.isFile();
        }

        @Override
        public boolean exists() throws IOException {
            return file.exists();
        }

        @Override
        public VirtualFile[] list() throws IOException {
            return Arrays.stream(file.list()).map(Addressed::new).toArray(VirtualFile[]::new);
        }

        @Override
        public VirtualFile child(String name) {
            return new Addressed(file.child(name));
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public long lastModified() throws IOException {
            return file.lastModified();
        }

        @Override
        public boolean canRead() throws IOException {
            return file.canRead();
        }

        @Override
        public InputStream open() throws IOException {
            if (getName().endsWith(".tar")) {
                throw new IOException("an archive went through the controller");
            }
            return file.open();
        }

        @Override
        public URL toExternalURL() throws IOException {
            return URI.create(store + file.toURI().getRawPath()).toURL();
        }
    }
}
