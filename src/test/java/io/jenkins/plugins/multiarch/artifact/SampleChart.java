package io.jenkins.plugins.multiarch.artifact;

import io.jenkins.plugins.multiarch.layout.TarEntry;
import io.jenkins.plugins.multiarch.layout.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Packed Helm charts. */
final class SampleChart {
    static final String YAML = """
            apiVersion: v2
            name: app
            version: 1.4.2+build.7
            appVersion: 1.20
            description: Serves the <acme> app
            home: https://acme.example
            sources: [https://github.com/acme/app, https://github.com/acme/charts]
            keywords: [acme]
            maintainers:
              - name: Ann
                email: ann@acme.example
              - name: Bob
            deprecated: true
            kubeVersion: ">=1.25"
            annotations:
              category: Web
              licensed: yes
              beta: true
            dependencies:
              - name: redis
                version: 18.0.0
                repository: oci://registry.acme.example/charts
            type: application
            unknown: left out
            """;

    private SampleChart() {}

    /** @param files names and contents, in turns */
    static Path packed(Path file, String... files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(new GZIPOutputStream(bytes))) {
            for (int i = 0; i < files.length; i += 2) {
                byte[] content = files[i + 1].getBytes(StandardCharsets.UTF_8);
                tar.put(TarEntry.file(files[i], 0644, content.length), new ByteArrayInputStream(content));
            }
        }
        return Files.write(file, bytes.toByteArray());
    }
}
