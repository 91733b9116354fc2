package io.jenkins.plugins.multiarch.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.config.AgentConfiguration;
import io.jenkins.plugins.multiarch.config.MultiArchConfiguration;
import io.jenkins.plugins.multiarch.config.RegistryConfiguration;
import io.jenkins.plugins.multiarch.config.SigningKeyCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Every step has help with an example, and every field of every form has a place in the form and help of its own. */
class HelpTest {

    /** Fields of all credentials, with help of Jenkins' own. */
    private static final Set<String> OF_JENKINS = Set.of("scope", "id", "description");

    /** A part of a form that several steps have. */
    private static final Pattern PART = Pattern.compile("<m:(\\w+)/>");

    record Field(Class<?> form, String name) {}

    static Stream<Field> fields() {
        return Stream.of(
                        PublishIndexStep.class,
                        DigestGateStep.class,
                        PromoteTagStep.class,
                        StageImageStep.class,
                        UnstageImageStep.class,
                        BuildMultiArchStep.class,
                        ReleasePlanStep.class,
                        PushArtifactStep.class,
                        RollbackTagStep.class,
                        PruneVersionsStep.class,
                        RestoreVersionsStep.class,
                        AttestStep.class,
                        VerifyImageStep.class,
                        BuildCache.class,
                        RequiredEvidence.class,
                        MultiArchConfiguration.class,
                        RegistryConfiguration.class,
                        AgentConfiguration.class,
                        SigningKeyCredentials.class)
                .flatMap(form -> Stream.concat(constructorFields(form), setterFields(form)));
    }

    private static Stream<Field> constructorFields(Class<?> form) {
        return Arrays.stream(form.getConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .map(Constructor::getParameters)
                .flatMap(Arrays::stream)
                .map(Parameter::getName)
                .filter(name -> !OF_JENKINS.contains(name))
                .map(name -> new Field(form, name));
    }

    private static Stream<Field> setterFields(Class<?> form) {
        return Arrays.stream(form.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .map(Method::getName)
                .map(name -> name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4))
                .map(name -> new Field(form, name));
    }

    /** As Jenkins looks for it: with the class, or with one that it extends. */
    private static String help(Class<?> form, String name) throws IOException {
        for (Class<?> place = form; place != null; place = place.getSuperclass()) {
            String help = resource(place, name);
            if (!help.isEmpty()) {
                return help;
            }
        }
        return "";
    }

    /** With the parts that it shares with other forms. */
    private static String form(Class<?> form, String name) throws IOException {
        StringBuilder whole = new StringBuilder(resource(form, name));
        Matcher parts = PART.matcher(whole.toString());
        while (parts.find()) {
            whole.append(text(HelpTest.class, "form/" + parts.group(1) + ".jelly"));
        }
        return whole.toString();
    }

    private static String resource(Class<?> form, String name) throws IOException {
        return text(form, form.getSimpleName() + "/" + name);
    }

    private static String text(Class<?> near, String path) throws IOException {
        try (InputStream in = near.getResourceAsStream(path)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyFieldHasHelpWithAnExample(Field field) throws IOException {
        assertThat(help(field.form(), "help-" + field.name() + ".html")).contains("<div>", "<code>");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void everyFieldIsInItsForm(Field field) throws IOException {
        String form = field.form() == SigningKeyCredentials.class ? "credentials.jelly" : "config.jelly";

        assertThat(form(field.form(), form)).contains("field=\"" + field.name() + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                BuildMultiArchStep.class,
                PublishIndexStep.class,
                DigestGateStep.class,
                PromoteTagStep.class,
                StageImageStep.class,
                UnstageImageStep.class,
                ReleasePlanStep.class,
                PruneVersionsStep.class,
                RestoreVersionsStep.class,
                PushArtifactStep.class,
                RollbackTagStep.class,
                AttestStep.class,
                VerifyImageStep.class
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
