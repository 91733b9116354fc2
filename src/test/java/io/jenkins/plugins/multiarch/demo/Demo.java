package io.jenkins.plugins.multiarch.demo;

import io.jenkins.plugins.multiarch.cli.Main;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Runs the command line's {@code demo}: {@code Demo FOLDER [flags of the verb]}. Without {@code --registry}, a registry is
 * started for as long as the demo runs.
 */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) {
        List<String> flags = Arrays.asList(arguments).subList(1, arguments.length);
        List<String> command = new ArrayList<>(List.of("demo", "--out", arguments[0]));
        command.addAll(flags);
        if (flags.stream().anyMatch(flag -> flag.equals("--registry") || flag.startsWith("--registry="))) {
            Main.main(command.toArray(String[]::new));
            return;
        }
        try (FakeRegistry registry = FakeRegistry.start()) {
            command.addAll(List.of("--registry", registry.address()));
            Main.main(command.toArray(String[]::new));
        }
    }
}
