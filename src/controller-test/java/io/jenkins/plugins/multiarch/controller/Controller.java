package io.jenkins.plugins.multiarch.controller;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A controller of its own on a free port of loopback, which can be stopped, killed and started again. */
final class Controller implements AutoCloseable {
    /** A warning or an error of the log, or a stack trace through our code. */
    private static final Pattern TROUBLE = Pattern.compile("\\b(WARNING|SEVERE)\\b.*multiarch|^\\s+at .*multiarch");

    private final Path folder;
    private final Path home;
    private final int port;
    private final List<String> properties;
    private final List<Process> agents = new ArrayList<>();
    private Process process;

    /**
     * @param home an empty folder for all that it writes
     * @param properties of its Java, as in {@code -Dname=value}
     */
    Controller(Path home, String... properties) throws IOException {
        this.properties = List.of(properties);
        this.folder = Path.of(System.getProperty("controller"));
        this.home = home;
        this.port = freePort();
        installPlugins();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void installPlugins() throws IOException {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        try (Stream<Path> files = Files.list(folder.resolve("plugins"))) {
            for (Path file : files.toList()) {
                Files.copy(file, plugins.resolve(file.getFileName()));
            }
        }
        Files.copy(Path.of(System.getProperty("plugin")), plugins.resolve("multiarch-release.jpi"));
    }

    /** All that it writes is in it, and the folders of its agents. */
    Path home() {
        return home;
    }

    JenkinsClient client() {
        return new JenkinsClient(address());
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }

    private Path logFile() {
        return home.resolve("jenkins.log");
    }

    /** Starts it and waits until it is up. */
    void start() throws Exception {
        List<String> line = new ArrayList<>(List.of(
                java(),
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Djenkins.install.runSetupWizard=false",
                "-Dhudson.model.UsageStatistics.disabled=true",
                "-Dhudson.model.UpdateCenter.never=true",
                "-Dhudson.model.DownloadService.never=true",
                "-Djenkins.model.Jenkins.slaveAgentPort=-1"));
        line.addAll(properties);
        line.addAll(List.of(
                "-jar",
                folder.resolve("jenkins.war").toString(),
                "--httpPort=" + port,
                "--httpListenAddress=127.0.0.1",
                "--webroot=" + home.resolve(".war")));
        ProcessBuilder command = new ProcessBuilder(line);
        command.environment().put("JENKINS_HOME", home.toString());
        process = command.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
        Eventually.get("the controller to start, see " + logFile(), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the controller ended, see " + logFile());
            }
            return client().status("/api/json").filter(status -> status == 200);
        });
    }

    private static String java() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }

    /** Ends it as an administrator would: builds under way are saved first. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Ends it as a power failure would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Connects an agent with one executor from this machine. */
    Process addAgent(String name) throws Exception {
        addNode(name, "", 1);
        return connect(name);
    }

    /** Makes an agent known that is offline until it is connected. */
    void addNode(String name, String labels, int executors) throws Exception {
        Path work = home.resolve("agent-" + name);
        Files.createDirectories(work);
        client().groovy("""
                        import hudson.slaves.*
                        def launcher = new JNLPLauncher()
                        launcher.webSocket = true
                        def node = new DumbSlave('%s', '%s', launcher)
                        node.labelString = '%s'
                        node.numExecutors = %d
                        jenkins.model.Jenkins.get().addNode(node)
                        """.formatted(name, work, labels, executors));
        client().download("/jnlpJars/agent.jar", work.resolve("agent.jar"));
    }

    /** Makes Jenkins forget an agent. */
    void removeNode(String name) throws Exception {
        client().groovy("def jenkins = jenkins.model.Jenkins.get(); jenkins.removeNode(jenkins.getNode('" + name
                + "'))");
    }

    /** Waits until nothing runs on an agent. */
    void awaitIdle(String name) throws Exception {
        Eventually.get(
                name + " to be free",
                () -> client().json("/computer/" + name + "/api/json")
                                .get("idle")
                                .asBoolean()
                        ? Optional.of(name)
                        : Optional.empty());
    }

    /** Starts an agent's process, for the first time or again. */
    Process connect(String name) throws Exception {
        Path work = home.resolve("agent-" + name);
        String secret = client().groovy("print jenkins.model.Jenkins.get().getComputer('" + name + "').jnlpMac")
                .strip();
        Process agent = new ProcessBuilder(
                        java(),
                        "-Xmx200m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        "agent.jar",
                        "-url",
                        address() + "/",
                        "-name",
                        name,
                        "-secret",
                        secret,
                        "-webSocket",
                        "-workDir",
                        work.toString())
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        work.resolve("agent.log").toFile()))
                .start();
        agents.add(agent);
        Eventually.get("agent " + name + " to connect", () -> isOnline(name) ? Optional.of(name) : Optional.empty());
        return agent;
    }

    private boolean isOnline(String name) throws IOException, InterruptedException {
        return !client().json("/computer/" + name + "/api/json").get("offline").asBoolean();
    }

    /** The lines of its log that tell of trouble and name our code. */
    List<String> complaintsAboutUs() throws IOException {
        try (Stream<String> lines = Files.lines(logFile())) {
            return lines.filter(line -> TROUBLE.matcher(line).find()).toList();
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process agent : agents) {
            agent.destroyForcibly().waitFor();
        }
        if (process != null) {
            process.destroy();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
