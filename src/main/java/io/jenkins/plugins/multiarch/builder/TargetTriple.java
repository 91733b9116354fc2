package io.jenkins.plugins.multiarch.builder;

import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.util.List;
import java.util.Map;

/** The names that compilers have for platforms, such as {@code aarch64-unknown-linux-musl}. */
final class TargetTriple {
    private static final Map<String, String> PROCESSORS = Map.ofEntries(
            Map.entry("x86_64", "amd64"),
            Map.entry("aarch64", "arm64"),
            Map.entry("arm64", "arm64"),
            Map.entry("armv7", "arm/v7"),
            Map.entry("armv7l", "arm/v7"),
            Map.entry("armv7a", "arm/v7"),
            Map.entry("thumbv7neon", "arm/v7"),
            Map.entry("armv6", "arm/v6"),
            Map.entry("arm", "arm/v6"),
            Map.entry("armv5te", "arm/v5"),
            Map.entry("i386", "386"),
            Map.entry("i586", "386"),
            Map.entry("i686", "386"),
            Map.entry("powerpc64le", "ppc64le"),
            Map.entry("ppc64le", "ppc64le"),
            Map.entry("s390x", "s390x"),
            Map.entry("riscv64", "riscv64"),
            Map.entry("riscv64gc", "riscv64"),
            Map.entry("mips64el", "mips64le"),
            Map.entry("loongarch64", "loong64"));
    private static final List<String> SYSTEMS = List.of("linux", "windows", "freebsd");

    private TargetTriple() {}

    /** Reads {@code linux/arm64} or {@code aarch64-unknown-linux-musl}. */
    static Platform platform(String text) {
        if (text.contains("/")) {
            return Platform.parse(text);
        }
        List<String> parts = List.of(text.strip().split("-", -1));
        String processor = PROCESSORS.getOrDefault(parts.get(0), "");
        String system = SYSTEMS.stream().filter(parts::contains).findFirst().orElse("");
        if (processor.isEmpty() || system.isEmpty()) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is neither a platform nor a target triple that we know.",
                    "Write a platform, as in linux/arm64, or a triple, as in aarch64-unknown-linux-musl.");
        }
        return Platform.parse(system + "/" + processor);
    }
}
