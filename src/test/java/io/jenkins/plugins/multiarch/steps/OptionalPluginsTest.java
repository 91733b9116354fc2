package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jenkins leaves an optional extension out where looking at its public methods fails. */
class OptionalPluginsTest {

    @ParameterizedTest
    @CsvSource({
        "io.jenkins.plugins.multiarch.steps.TestReports$OfJUnit, hudson.tasks.test.",
    })
    void showsThatItsPluginIsMissing(String extension, String missing) throws ClassNotFoundException {
        Class<?> found = new Without(missing).loadClass(extension);

        assertThatThrownBy(found::getMethods).isInstanceOf(NoClassDefFoundError.class);
    }

    /** Our own classes, loaded anew where some others are not there. */
    private static final class Without extends ClassLoader {
        private final String missing;

        Without(String missing) {
            super(OptionalPluginsTest.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.jenkins.plugins.multiarch.steps.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
