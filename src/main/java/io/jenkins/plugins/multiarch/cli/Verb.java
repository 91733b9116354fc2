package io.jenkins.plugins.multiarch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.multiarch.image.Json;
import io.jenkins.plugins.multiarch.registry.CredentialSource;
import io.jenkins.plugins.multiarch.registry.HttpRegistry;
import io.jenkins.plugins.multiarch.registry.RequestBudget;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all verbs have: the flags for registries and for the form of the result. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        abbreviateSynopsis = true,
        sortOptions = false,
        requiredOptionMarker = '*',
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExample:%n")
abstract class Verb implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private RegistryOptions registries;

    @Option(names = "--json", order = 90, description = "Print the result as JSON.")
    private boolean json;

    @Option(names = "--debug", order = 91, description = "Print the stack trace of a refusal.")
    private boolean debug;

    Verb(Surroundings around) {
        this.around = around;
    }

    /** Does what the verb says and prints the result. */
    abstract void perform() throws IOException, InterruptedException;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        perform();
        return 0;
    }

    final boolean isDebug() {
        return debug;
    }

    final Surroundings around() {
        return around;
    }

    final HttpRegistry registry() throws IOException {
        return registries.open(around);
    }

    final HttpRegistry registry(RequestBudget budget) throws IOException {
        return registries.open(around, budget);
    }

    final CredentialSource credentials() throws IOException {
        return registries.credentials(around);
    }

    /** The flags for registries as they were given. */
    final List<String> registryArguments() {
        return registries.arguments();
    }

    /** Gets a line for each outward effect. */
    final Consumer<String> log() {
        return around::say;
    }

    /** Gets the lines of a plan, which are the result where nobody asked for JSON. */
    final Consumer<String> planLog() {
        return json ? log() : around.out()::println;
    }

    final void print(Supplier<? extends JsonNode> asJson, Supplier<String> asText) {
        if (json) {
            around.out().print(Json.pretty(asJson.get()));
        } else {
            String text = asText.get();
            if (!text.isEmpty()) {
                around.out().println(text);
            }
        }
        around.out().flush();
    }
}
