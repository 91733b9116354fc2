package io.jenkins.plugins.multiarch.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

/** Jenkins finds what has a symbol by an index, which is written by hand: here it is held against the classes. */
class SymbolIndexTest {

    @Test
    void holdsTheClassesWithASymbolAndNoOthers() throws IOException {
        List<String> annotated = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.jenkins.plugins.multiarch")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Symbol.class))
                        .map(JavaClass::getName)
                        .toList();

        try (InputStream index = MultiArchConfiguration.class.getResourceAsStream(
                "/META-INF/services/annotations/org.jenkinsci.Symbol")) {
            assertThat(new String(index.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyInAnyOrderElementsOf(annotated);
        }
    }
}
