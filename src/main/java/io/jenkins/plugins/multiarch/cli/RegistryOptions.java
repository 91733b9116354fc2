package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.DockerConfig;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.HttpRegistryBuilder;
import io.jenkins.plugins.multiarch.registry.Progress;
import io.jenkins.plugins.multiarch.registry.RequestBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** How registries are reached. There is no flag for a password: command lines are seen by everybody on the machine. */
final class RegistryOptions {

    @Option(
            names = "--credentials-file",
            order = 80,
            paramLabel = "FILE",
            description = "Credentials in the format of docker's config.json; without it, docker's own are used.")
    private Path credentialsFile;

    @Option(
            names = "--plain-http",
            order = 81,
            paramLabel = "HOST[:PORT]",
            description =
                    "A registry to reach without encryption; those of this machine need not be named. May be repeated.")
    private List<String> plainHttp = new ArrayList<>();

    @Option(
            names = "--ca-certificate",
            order = 82,
            paramLabel = "FILE",
            description = "Certificates (PEM) of an authority to trust beside those Java trusts. May be repeated.")
    private List<Path> certificates = new ArrayList<>();

    HttpRegistry open(Surroundings around) throws IOException {
        return open(around, RequestBudget.NONE);
    }

    HttpRegistry open(Surroundings around, RequestBudget budget) throws IOException {
        HttpRegistryBuilder builder = HttpRegistry.builder()
                .credentials(credentials(around))
                .budget(budget)
                .plainHttp(Set.copyOf(plainHttp))
                .extraCertificates(certificates)
                .progress(around.terminal() ? new ProgressMeter(around.err(), System::nanoTime) : Progress.NONE);
        Optional<EnvironmentProxies> proxies = EnvironmentProxies.of(around.environment());
        proxies.ifPresent(builder::proxy);
        return builder.build();
    }

    /** The same flags once more, for another command. */
    List<String> arguments() {
        List<String> all = new ArrayList<>();
        if (credentialsFile != null) {
            all.addAll(List.of("--credentials-file", credentialsFile.toString()));
        }
        plainHttp.forEach(host -> all.addAll(List.of("--plain-http", host)));
        certificates.forEach(file -> all.addAll(List.of("--ca-certificate", file.toString())));
        return all;
    }

    CredentialSource credentials(Surroundings around) throws IOException {
        return credentialsFile == null
                ? DockerConfig.ofUser(around.environment(), around.home())
                : DockerConfig.read(credentialsFile);
    }
}
