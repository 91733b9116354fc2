package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.plugins.git.GitSCM;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;

/** A Git repository with the files that the examples of buildMultiArch build. */
final class ExampleSource {
    private static final Map<String, String> FILES = new LinkedHashMap<>();

    static {
        FILES.put("README", "an example");
        FILES.put("PYTHON_VERSIONS", "3.11\n3.12\n");
        FILES.put("Dockerfile", "FROM scratch AS slim\nCOPY README /\nFROM slim AS full\nCOPY PYTHON_VERSIONS /\n");
        FILES.put("base/Dockerfile", "FROM scratch\nCOPY Dockerfile /base\n");
        FILES.put("runtime/Dockerfile", "FROM acme/base\nCOPY Dockerfile /runtime\n");
        FILES.put("runtime/web/Dockerfile", "FROM acme/runtime\nCOPY Dockerfile /web\n");
        FILES.put("runtime/worker/Dockerfile", "FROM acme/runtime\nCOPY Dockerfile /worker\n");
        FILES.put("prebuilt/Dockerfile", "FROM scratch\nARG TARGETARCH\nCOPY --from=artifacts $TARGETARCH/app /app\n");
        FILES.put("compile.sh", """
                #!/bin/sh
                for triple in x86_64-unknown-linux-musl aarch64-unknown-linux-musl; do
                  mkdir -p target/$triple/release && echo $triple >target/$triple/release/app
                done
                """);
    }

    private final Path folder;

    private ExampleSource(Path folder) {
        this.folder = folder;
    }

    static ExampleSource in(Path folder) throws IOException, InterruptedException {
        ExampleSource source = new ExampleSource(Files.createDirectories(folder));
        source.git("init", "-q", "-b", "master");
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            source.write(file.getKey(), file.getValue());
        }
        assertThat(folder.resolve("compile.sh").toFile().setExecutable(true)).isTrue();
        return source;
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A Pipeline of this repository, which has it as its Jenkinsfile. */
    CpsScmFlowDefinition pipeline(String jenkinsfile) throws IOException, InterruptedException {
        write("Jenkinsfile", jenkinsfile);
        git("add", ".");
        git("-c", "user.name=Robot", "-c", "user.email=robot@acme.test", "commit", "-q", "-m", "Example");
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        return new CpsScmFlowDefinition(new GitSCM(folder.toUri().toString()), "Jenkinsfile");
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
