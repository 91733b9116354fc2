package io.jenkins.plugins.multiarch.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.multiarch.builder.Commands;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerToolTest {
    private final List<String> ran = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    private ContainerTool tool(Commands commands) {
        return new ContainerTool(
                (command, limit) -> {
                    ran.add(String.join(" ", command));
                    return commands.run(command, limit);
                },
                log::add);
    }

    private static Commands.Answer ended(int status, String errors) {
        return new Commands.Answer(status, "", errors);
    }

    @Test
    void loadsWithDocker() throws Exception {
        tool((command, limit) -> ended(0, "Loaded image: acme/app:test\n")).load("load.tar", "acme/app:test");

        assertThat(ran).containsExactly("docker load --input load.tar");
        assertThat(log).containsExactly("Loaded acme/app:test with docker.");
    }

    @Test
    void takesPodmanWhereThereIsNoDocker() throws Exception {
        tool((command, limit) -> {
                    if (command.get(0).equals("docker")) {
                        throw new IOException("Cannot run program \"docker\"");
                    }
                    return ended(0, "");
                })
                .load("load.tar", "acme/app:test");

        assertThat(ran).containsExactly("docker load --input load.tar", "podman load --input load.tar");
        assertThat(log).containsExactly("Loaded acme/app:test with podman.");
    }

    @Test
    void savesAnImageOfTheDaemon() throws Exception {
        tool((command, limit) -> ended(0, "")).save(new GateSubject.InDaemon("acme/app:1.4"), "saved.tar");

        assertThat(ran).containsExactly("docker image save --output saved.tar acme/app:1.4");
    }

    @Test
    void saysWhatDockerSaid() {
        assertThatThrownBy(() -> tool((command, limit) -> ended(1, "Cannot connect to the Docker daemon\n"))
                        .load("load.tar", "acme/app:test"))
                .hasMessage(
                        "acme/app:test could not be loaded: 'docker load' ended with 1, saying: Cannot connect to the"
                                + " Docker daemon. Check that the daemon runs and that this account may use it: 'docker info'"
                                + " says both.");
    }

    @Test
    void saysThatThereIsNoTool() {
        assertThatThrownBy(() -> tool((command, limit) -> {
                            if (command.get(0).equals("docker")) {
                                throw new IOException("no docker");
                            }
                            return ended(127, "");
                        })
                        .save(new GateSubject.InDaemon("acme/app:1.4"), "saved.tar"))
                .hasMessage(
                        "docker-daemon:acme/app:1.4 could not be saved: neither docker nor podman can be started here (no"
                                + " docker; podman was not found). Run it on an agent that has one of them, with it on the"
                                + " PATH.");
    }
}
