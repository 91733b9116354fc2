package io.jenkins.plugins.multiarch.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@code src/jenkins-api} to the real Jenkins API. The sources of the plugin are compiled once more, against the
 * signatures alone, and compared with what Maven compiled against the real artifacts.
 */
class SignaturesTest {

    private static final Path REAL_CLASSES = Path.of(System.getProperty("buildDirectory"), "classes");

    private static final String OURS = "io/jenkins/plugins/multiarch/";

    /** The libraries that the default build has too; everything else of this class path is Jenkins. */
    private static final Pattern CENTRAL = Pattern.compile(
            ".*/(jackson-(annotations|core|databind|dataformat-yaml)|groovy-all|localizer|picocli|sezpoz|jakarta\\.servlet-api)-[^/]*\\.jar");

    @TempDir
    static Path signatureClasses;

    private static List<Path> libraries;

    @BeforeAll
    static void compileAgainstTheSignatures() throws IOException {
        libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> CENTRAL.matcher(entry.replace('\\', '/')).matches())
                .map(Path::of)
                .toList();
        List<Path> sources = new ArrayList<>();
        for (String root : List.of("src/main/java", "src/jenkins-api/java", "target/generated-sources/localizer")) {
            sources.addAll(filesUnder(Path.of(root), ".java"));
        }
        String classPath = libraries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();

        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = new ArrayList<>(List.of("-g", "-parameters", "--release", "17"));
            options.addAll(List.of("-d", signatureClasses.toString(), "-classpath", classPath));
            if (Runtime.version().feature() > 20) {
                options.add("-proc:full");
            }
            boolean compiled = compiler.getTask(
                            problems, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();

            assertThat(compiled).as(problems.toString()).isTrue();
        }
    }

    @Test
    void compileToTheSameClassesAsTheRealArtifacts() throws IOException {
        assertThat(filesUnder(signatureClasses.resolve(OURS), ".class")).isNotEmpty();
        assertThat(filesThatDiffer(OURS, ".class")).isEmpty();
    }

    @Test
    void compileToTheSameExtensionIndexAsTheRealArtifacts() throws IOException {
        assertThat(filesThatDiffer("META-INF/annotations/", "")).isEmpty();
    }

    /** Also finds what no class of ours shows yet: a member that nobody calls, a retention. */
    @Test
    void declareNothingThatTheRealTypesDoNotHave() throws IOException, ClassNotFoundException {
        List<URL> urls = new ArrayList<>();
        urls.add(signatureClasses.toUri().toURL());
        for (Path library : libraries) {
            urls.add(library.toUri().toURL());
        }
        List<String> differences = new ArrayList<>();

        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            for (Path file : filesUnder(signatureClasses, ".class")) {
                String name = slashed(signatureClasses.relativize(file)).replaceFirst("\\.class$", "");
                if (!name.startsWith(OURS) && !name.matches(".*\\$\\d+")) {
                    Class<?> declared = Class.forName(name.replace('/', '.'), false, loader);
                    Class<?> real = Class.forName(
                            name.replace('/', '.'), false, getClass().getClassLoader());
                    compare(declared, real, differences);
                }
            }
        }

        assertThat(differences).isEmpty();
    }

    private static void compare(Class<?> declared, Class<?> real, List<String> differences) {
        int kind = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.INTERFACE;
        kind |= declared.isEnum() ? 0 : Modifier.FINAL | Modifier.ABSTRACT;
        if ((declared.getModifiers() & kind) != (real.getModifiers() & kind)) {
            differences.add(declared + " is for real: " + Modifier.toString(real.getModifiers()));
        }
        if (!annotationsOf(real).containsAll(annotationsOf(declared))) {
            differences.add(declared + " is annotated for real with " + annotationsOf(real));
        }
        List<String> realMembers = membersOf(real, true);
        membersOf(declared, false).stream()
                .filter(member -> !realMembers.contains(member))
                .forEach(member -> differences.add(declared.getName() + " has no " + member));
    }

    /** The retention and targets of an annotation; other types have none that matter here. */
    private static List<String> annotationsOf(Class<?> type) {
        return type.isAnnotation()
                ? Arrays.stream(type.getAnnotations()).map(Annotation::toString).toList()
                : List.of();
    }

    private static List<String> membersOf(Class<?> type, boolean inherited) {
        List<Member> members = new ArrayList<>(Arrays.asList(type.getDeclaredMethods()));
        members.addAll(Arrays.asList(type.getDeclaredConstructors()));
        members.addAll(Arrays.asList(type.getDeclaredFields()));
        if (inherited) {
            members.addAll(Arrays.asList(type.getMethods()));
            members.addAll(Arrays.asList(type.getFields()));
        }
        return members.stream()
                .filter(member -> !member.isSynthetic())
                .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                .map(SignaturesTest::describe)
                .toList();
    }

    private static String describe(Member member) {
        int kind = Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;
        String modifiers = Modifier.toString(member.getModifiers() & kind);
        if (member instanceof Field field) {
            return modifiers + " " + field.getGenericType().getTypeName() + " " + field.getName();
        }
        Executable executable = (Executable) member;
        String parameters = Stream.of(executable.getGenericParameterTypes())
                .map(parameter -> parameter.getTypeName())
                .collect(Collectors.joining(", "));
        String checked = Stream.of(executable.getExceptionTypes())
                .filter(thrown -> !RuntimeException.class.isAssignableFrom(thrown))
                .map(Class::getName)
                .collect(Collectors.joining(", "));
        String returned = executable instanceof Method method
                ? method.getGenericReturnType().getTypeName() + " " + method.getName() + defaultOf(method)
                : ((Constructor<?>) executable).getDeclaringClass().getName();
        return modifiers + " " + returned + "(" + parameters + ") throws " + checked;
    }

    private static String defaultOf(Method method) {
        Object value = method.getDefaultValue();
        return value instanceof Object[] values ? Arrays.toString(values) : String.valueOf(value);
    }

    /** Names of the files that only one of the two builds has, or that have other bytes in the other. */
    private static List<String> filesThatDiffer(String folder, String ending) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path root : List.of(signatureClasses, REAL_CLASSES)) {
            filesUnder(root.resolve(folder), ending).forEach(file -> names.add(slashed(root.relativize(file))));
        }
        List<String> different = new ArrayList<>();
        names.removeIf(name -> name.endsWith("package-info.class")); // Maven writes these itself
        for (String name : names) {
            Path one = signatureClasses.resolve(name);
            Path other = REAL_CLASSES.resolve(name);
            if (!Files.exists(one) || !Files.exists(other) || Files.mismatch(one, other) >= 0) {
                different.add(name);
            }
        }
        return different;
    }

    private static List<Path> filesUnder(Path root, String ending) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static String slashed(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }
}
