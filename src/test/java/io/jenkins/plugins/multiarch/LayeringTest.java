package io.jenkins.plugins.multiarch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the arrows between the packages. A package that is not here yet breaks nothing; one that is not named here does. */
@AnalyzeClasses(packagesOf = LayeringTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

    private static final String ROOT = "io.jenkins.plugins.multiarch";

    /** Each package of the engine with the ones that it may use. */
    private static final Map<String, Set<String>> ENGINE = Map.ofEntries(
            Map.entry("image", Set.of()),
            Map.entry("layout", Set.of("image")),
            Map.entry("registry", Set.of("image")),
            Map.entry("version", Set.of("image")),
            Map.entry("plan", Set.of("image", "version")),
            Map.entry("scan", Set.of("image")),
            Map.entry("build", Set.of("image", "layout", "registry")),
            Map.entry("builder", Set.of("image", "layout", "registry", "build")),
            Map.entry("gate", Set.of("image", "layout", "registry")),
            Map.entry("staging", Set.of("image", "layout", "registry", "build", "builder", "gate")),
            Map.entry("keys", Set.of("image")),
            Map.entry("attest", Set.of("image", "layout", "registry", "keys")),
            Map.entry("promote", Set.of("image", "version", "layout", "registry", "attest")),
            Map.entry("artifact", Set.of("image", "layout", "registry")),
            Map.entry("retention", Set.of("image", "version", "registry", "promote")),
            Map.entry(
                    "cli",
                    Set.of(
                            "image",
                            "layout",
                            "registry",
                            "version",
                            "plan",
                            "scan",
                            "build",
                            "builder",
                            "gate",
                            "staging",
                            "keys",
                            "attest",
                            "promote",
                            "artifact",
                            "retention")));

    private static final Set<String> JENKINS_FACING = Set.of("steps", "config", "ui");

    private static final String[] JENKINS = {
        "hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees.."
    };

    @ArchTest
    void knowsEveryPackage(JavaClasses classes) {
        List<String> strangers = classes.stream()
                .map(type -> layerOf(type.getPackageName()))
                .filter(layer -> !ENGINE.containsKey(layer) && !JENKINS_FACING.contains(layer))
                .distinct()
                .toList();

        assertThat(strangers)
                .as("packages without a place in the layers; util, common and impl never get one")
                .isEmpty();
    }

    @ArchTest
    void keepsEachEnginePackageToThoseItMayUse(JavaClasses classes) {
        ENGINE.forEach((layer, allowed) -> {
            String[] others = ENGINE.keySet().stream()
                    .filter(other -> !other.equals(layer) && !allowed.contains(other))
                    .map(LayeringTest::packagesUnder)
                    .toArray(String[]::new);

            noClasses()
                    .that()
                    .resideInAPackage(packagesUnder(layer))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .allowEmptyShould(true)
                    .check(classes);
        });
    }

    @ArchTest
    void keepsJenkinsOutOfTheEngine(JavaClasses classes) {
        String[] engine =
                ENGINE.keySet().stream().map(LayeringTest::packagesUnder).toArray(String[]::new);
        String[] jenkinsFacing =
                JENKINS_FACING.stream().map(LayeringTest::packagesUnder).toArray(String[]::new);

        noClasses()
                .that()
                .resideInAnyPackage(engine)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JENKINS)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(jenkinsFacing)
                .allowEmptyShould(true)
                .check(classes);
    }

    @ArchTest
    void keepsTheCommandLineOutOfThePlugin(JavaClasses classes) {
        noClasses()
                .that()
                .resideOutsideOfPackage(packagesUnder("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packagesUnder("cli"), "picocli..")
                .check(classes);
    }

    @ArchTest
    void hasNoCycles(JavaClasses classes) {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    private static String packagesUnder(String layer) {
        return ROOT + "." + layer + "..";
    }

    private static String layerOf(String packageName) {
        return packageName.substring(Math.min(packageName.length(), ROOT.length() + 1))
                .split("\\.", -1)[0];
    }
}
