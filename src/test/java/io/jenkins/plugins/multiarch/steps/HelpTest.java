package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.config.AgentConfiguration;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.config.RegistryConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Every step has help with an example, and every field of every form has a place in the form and help of its own. */
class HelpTest {

    record Field(Class<?> form, String name) {}

    static Stream<Field> fields() {
        return Stream.of(
                        PublishIndexStep.class,
                        DigestGateStep.class,
                        PromoteTagStep.class,
                        StageImageStep.class,
                        UnstageImageStep.class,
                        BuildMultiArchStep.class,
                        AttestStep.class,
                        VerifyImageStep.class,
                        BuildCache.class,
                        MultiArchConfiguration.class,
                        RegistryConfiguration.class,
                        AgentConfiguration.class)
                .flatMap(form -> Stream.concat(constructorFields(form), setterFields(form)));
    }

    private static Stream<Field> constructorFields(Class<?> form) {
        return Arrays.stream(form.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .map(Constructor::getParameters)
                .flatMap(Arrays::stream)
                .map(Parameter::getName)
                .map(name -> new Field(form, name));
    }

    private static Stream<Field> setterFields(Class<?> form) {
        return Arrays.stream(form.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(Method::getName)
                .map(name -> name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4))
                .map(name -> new Field(form, name));
    }

    private static String resource(Class<?> form, String name) throws IOException {
        try (InputStream in = form.getResourceAsStream(form.getSimpleName() + "/" + name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyFieldHasHelp(Field field) throws IOException {
        assertThat(resource(field.form(), "help-" + field.name() + ".html")).contains("<div>");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyFieldIsInItsForm(Field field) throws IOException {
        assertThat(resource(field.form(), "config.jelly")).contains("field=\"" + field.name() + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                BuildMultiArchStep.class,
                PublishIndexStep.class,
                DigestGateStep.class,
                PromoteTagStep.class,
                StageImageStep.class,
                UnstageImageStep.class
            })
    void everyStepHasHelpWithAnExample(Class<?> step) throws IOException {
        assertThat(resource(step, "help.html")).contains("<pre>");
    }

    @Test
    void findsTheFields() {
        assertThat(fields()).contains(new Field(PublishIndexStep.class, "annotations"));
        assertThat(fields()).contains(new Field(DigestGateStep.class, "image"));
        assertThat(fields()).contains(new Field(BuildMultiArchStep.class, "cache"));
    }
}
