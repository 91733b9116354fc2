package io.jenkins.plugins.multiarch.build;

import io.jenkins.plugins.multiarch.image.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The arguments before the first FROM, which may use each other and those of the platforms. */
final class GlobalArguments {

    private GlobalArguments() {}

    static Map<String, String> of(
            Dockerfile dockerfile,
            Map<String, String> buildArgs,
            Platform target,
            Platform buildPlatform,
            Optional<String> stage) {
        Map<String, String> known = new LinkedHashMap<>(PlatformArguments.of(target, buildPlatform, stage.orElse("")));
        known.replaceAll((name, value) -> buildArgs.getOrDefault(name, value));
        for (Instruction global : dockerfile.globals()) {
            ShellWords words = new ShellWords(dockerfile.escape(), known, global);
            for (String word : words.split(global.text())) {
                String[] parts = word.split("=", 2);
                if (buildArgs.containsKey(parts[0])) {
                    known.put(parts[0], buildArgs.get(parts[0]));
                } else if (parts.length == 2) {
                    known.put(parts[0], words.expand(parts[1]));
                }
            }
        }
        return known;
    }
}
