package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionFileTest {

    @Test
    void readsAFileThatHoldsTheVersionAlone() {
        assertThat(read("VERSION", "# of the next release\n\n  v1.4.2  \n")).isEqualTo("v1.4.2");
        assertThat(read("VERSION", "\uFEFF1.4.2\r\n")).isEqualTo("1.4.2");
    }

    @Test
    void readsPyproject() {
        assertThat(read("pyproject.toml", """
                description = \"""
                [project]
                version = "0.0.1"
                \"""
                [tool.other]
                version = "9"
                [[tool.list]]
                version = "8"
                [ project ] # ours
                name = "app"
                version = '1.4.2' # here
                """)).isEqualTo("1.4.2");
        assertThat(read("pyproject.toml", "[tool.poetry]\nversion = \"1.4.2\"\n"))
                .isEqualTo("1.4.2");
        assertThat(read("pyproject.toml", "project.version = \"1.4.2\"\n")).isEqualTo("1.4.2");
    }

    @Test
    void readsCargo() {
        String member = "[package]\nname = \"app\"\nversion = \"1.4.2\"\n[dependencies]\nserde = { version = \"1\" }\n";

        assertThat(read("crates/app/Cargo.toml", member)).isEqualTo("1.4.2");
        assertThat(read("Cargo.toml", "[workspace.package]\nversion = \"1.4.2\"\n"))
                .isEqualTo("1.4.2");
    }

    @Test
    void readsPackageJson() {
        assertThat(read(
                        "package.json",
                        "{\"dependencies\": {\"version\": \"9\"}, \"list\": [{\"version\": \"8\"}],"
                                + " \"version\": \"1.4.2\"}"))
                .isEqualTo("1.4.2");
    }

    @Test
    void readsChartsAndKeepsTheZerosOfWhatLooksLikeANumber() {
        String chart = "apiVersion: v2\ndependencies:\n- name: db\n  version: 9.9.9\nversion: 1.20 # chart\nappVersion:"
                + " \"1.4.2\"\n";

        assertThat(read("deploy/Chart.yaml", chart)).isEqualTo("1.20");
        assertThat(read("deploy/Chart.yaml#appVersion", chart)).isEqualTo("1.4.2");
        assertThat(read("values.yml#image.tag", "image:\n  tag: v1.4.2\n")).isEqualTo("v1.4.2");
    }

    @Test
    void readsMavensOwnVersionOrItsParents() {
        assertThat(read("pom.xml", """
                <?xml version="1.0"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <parent><version>9</version></parent>
                  <version>1.4<!-- . -->.${patch}</version>
                  <properties><patch>2</patch></properties>
                  <dependencies><dependency><version>8</version></dependency></dependencies>
                </project>
                """)).isEqualTo("1.4.2");
        assertThat(read("pom.xml", "<project><parent><version>1.4.2</version></parent></project>"))
                .isEqualTo("1.4.2");
    }

    @Test
    void readsAnyFileByAPattern() {
        String header = "#pragma once\n#define APP_VERSION \"1.4.2\"\n#define APP_VERSION_OLD \"1.4.1\"\n";

        assertThat(read("src/version.h=APP_VERSION \"(.*)\"", header)).isEqualTo("1.4.2");
        assertThat(read("notes.txt=\\d+\\.\\d+\\.\\d+", "Released as 1.4.2.")).isEqualTo("1.4.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../VERSION", "a/../../b", "a\\b", "#key", "a#b=c", "a#b#c"})
    void refusesWhatIsNoFileOfTheSources(String text) {
        assertThat(Refusal.of(() -> VersionFile.parse(text)))
                .endsWith("' is not a file with a version. Write its path below the sources; with #KEY or =PATTERN"
                        + " behind where it is not in the usual place.");
    }

    @Test
    void saysWhereItFoundNoVersion() {
        String cure = " Write it there, or say where else in the file it is: FILE#KEY or FILE=PATTERN.";

        assertThat(Refusal.of(() -> read("VERSION", "1.4.2\n1.4.3\n")))
                .isEqualTo("No version was found in VERSION." + cure);
        assertThat(Refusal.of(() -> read("Cargo.toml", "[package]\nversion.workspace = true\n")))
                .isEqualTo("No version was found in Cargo.toml." + cure);
        assertThat(Refusal.of(() -> read("Chart.yaml#app", "version: 1\n")))
                .isEqualTo("No version was found in Chart.yaml#app." + cure);
    }

    @Test
    void saysWhichFileIsBroken() {
        String cure = " Correct the file; it may be broken, or have a name twice.";

        assertThat(Refusal.of(() -> read("package.json", "{\"version\": \"1\", \"version\": \"2\"}")))
                .isEqualTo("package.json cannot be read as JSON." + cure);
        assertThat(Refusal.of(() -> read("Chart.yaml", "version: [")))
                .isEqualTo("Chart.yaml cannot be read as YAML." + cure);
        assertThat(Refusal.of(() -> read("pom.xml", "<project><version>1</project>")))
                .isEqualTo("pom.xml cannot be read as XML. Correct the file; it may be broken, or declare entities.");
        assertThat(Refusal.of(() -> read("pom.xml", "<a>".repeat(60) + "</a>".repeat(60))))
                .startsWith("pom.xml cannot be read as XML.");
    }

    @Test
    void readsNothingThatAPomDeclaresOutsideOfItself() {
        assertThat(Refusal.of(() -> read(
                        "pom.xml",
                        "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><project><version>&x;</version>"
                                + "</project>")))
                .startsWith("pom.xml cannot be read as XML.");
    }

    @Test
    void refusesAVersionThatMavenIsToldElsewhere() {
        assertThat(Refusal.of(() -> read("pom.xml", "<project><version>${revision}</version></project>")))
                .isEqualTo("The version in pom.xml needs the property 'revision', which the file does not say."
                        + " Write its value under properties, or name another file in versionFiles.");
    }

    @Test
    void readsNoLargeFiles() {
        assertThat(Refusal.of(() -> VersionFile.parse("VERSION").read(new byte[VersionFile.MAX_SIZE + 1])))
                .isEqualTo("'VERSION' has more than 4194304 bytes, so no version is looked for in it."
                        + " Name the file that the version is kept in.");
    }

    @Test
    void readsBelowItsFolderOnly(@TempDir Path folder) throws IOException {
        Path outside = Files.writeString(folder.resolve("secret"), "1.4.2");
        Path sources = Files.createDirectory(folder.resolve("sources"));
        Files.writeString(sources.resolve("VERSION"), "1.4.3");
        Files.createSymbolicLink(sources.resolve("link"), outside);

        assertThat(VersionFile.parse("VERSION").readBelow(sources)).isEqualTo(new FoundVersion("VERSION", "1.4.3"));
        assertThat(Refusal.of(() -> VersionFile.parse("link").readBelow(sources)))
                .startsWith("'link' is not a file with a version.");
        assertThat(Refusal.of(() -> VersionFile.parse("none").readBelow(sources)))
                .isEqualTo("There is no file 'none' to read the version from."
                        + " Correct versionFiles, or check out the sources first.");
    }

    private static String read(String file, String content) {
        return VersionFile.parse(file)
                .read(content.getBytes(StandardCharsets.UTF_8))
                .text();
    }
}
