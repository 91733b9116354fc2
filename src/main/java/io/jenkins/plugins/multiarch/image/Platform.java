package io.jenkins.plugins.multiarch.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An operating system and processor an image can run on, written {@code os/arch} or {@code os/arch/variant}.
 *
 * <p>Equal platforms are equal however they were written: {@code arm64} is {@code arm64/v8}, {@code arm} is
 * {@code arm/v7}, {@code amd64} is {@code amd64/v1}, {@code x86_64} is {@code amd64} (the normal form of containerd,
 * and the variants of the OCI image-spec 1.1, "Platform Variants").
 *
 * @param osVersion the version of the operating system that Windows images name, else empty
 */
public record Platform(String os, String arch, String variant, String osVersion) implements Comparable<Platform> {
    private static final Pattern PART = Pattern.compile("[a-z0-9_][a-z0-9_.-]*");
    private static final Pattern WITH_VERSION = Pattern.compile("([^/()]+)\\(([0-9A-Za-z_.-]+)\\)(/.*)");
    private static final Map<String, String> ARCH_ALIASES =
            Map.of("x86_64", "amd64", "x86-64", "amd64", "aarch64", "arm64", "i386", "386", "i686", "386");
    private static final Map<String, String> ARM_ALIASES = Map.of("armhf", "v7", "armel", "v6");
    private static final Set<String> IMPLIED = Set.of("arm64/v8", "amd64/v1");

    /** What BuildKit gives to what cannot run. */
    public static final Platform UNKNOWN = new Platform("unknown", "unknown", "", "");

    public Platform {
        os = os.toLowerCase(Locale.ROOT);
        arch = arch.toLowerCase(Locale.ROOT);
        variant = variant.toLowerCase(Locale.ROOT);
        if (ARM_ALIASES.containsKey(arch)) {
            variant = variant.isEmpty() ? ARM_ALIASES.get(arch) : variant;
            arch = "arm";
        }
        arch = ARCH_ALIASES.getOrDefault(arch, arch);
        variant = normalVariant(arch, variant);
    }

    private static String normalVariant(String arch, String variant) {
        String named = arch.startsWith("arm") && variant.matches("[0-9]") ? "v" + variant : variant;
        if (arch.equals("arm") && named.isEmpty()) {
            return "v7";
        }
        return IMPLIED.contains(arch + "/" + named) ? "" : named;
    }

    /** Reads what a Jenkinsfile says, for example {@code linux/arm64}. */
    public static Platform parse(String text) {
        String written = text.strip();
        Matcher versioned = WITH_VERSION.matcher(written);
        String version = versioned.matches() ? versioned.group(2) : "";
        String plain = versioned.matches() ? versioned.group(1) + versioned.group(3) : written;
        List<String> parts = List.of(plain.toLowerCase(Locale.ROOT).split("/", -1));
        if (parts.size() < 2
                || parts.size() > 3
                || !parts.stream().allMatch(p -> PART.matcher(p).matches())) {
            throw new ReleaseException(
                    "'" + Shown.of(text) + "' is not a platform.", "Write os/arch, as in linux/amd64 or linux/arm/v7.");
        }
        return new Platform(parts.get(0), parts.get(1), parts.size() == 3 ? parts.get(2) : "", version);
    }

    /** Reads several, in their order, each one once. */
    public static List<Platform> parseAll(List<String> texts) {
        return texts.stream().map(Platform::parse).distinct().toList();
    }

    /** Reads the {@code platform} of a descriptor, or the same fields of an image configuration. */
    static Platform read(JsonNode json) {
        return new Platform(
                field(json, "os"), field(json, "architecture"), field(json, "variant"), field(json, "os.version"));
    }

    /** Whatever an image says it is ends up in logs. */
    private static String field(JsonNode json, String name) {
        return Shown.of(json.path(name).asText(""));
    }

    void write(ObjectNode json) {
        json.put("architecture", arch);
        json.put("os", os);
        if (!osVersion.isEmpty()) {
            json.put("os.version", osVersion);
        }
        if (!variant.isEmpty()) {
            json.put("variant", variant);
        }
    }

    /** Whether it does not say what it can run on: as {@link #UNKNOWN}, or with a part missing. */
    public boolean isUnknown() {
        return os.equals("unknown") || arch.equals("unknown") || os.isEmpty() || arch.isEmpty();
    }

    /** Whether an image of this platform is what was asked for: equal, but for a version nobody asked for. */
    public boolean satisfies(Platform asked) {
        return os.equals(asked.os)
                && arch.equals(asked.arch)
                && variant.equals(asked.variant)
                && (asked.osVersion.isEmpty() || asked.osVersion.equals(osVersion));
    }

    /** The name of this platform's branch in the build, free of slashes: {@code linux-arm-v7}. */
    public String slug() {
        return toString().replaceAll("[/()]+", "-");
    }

    /** Several platforms in one phrase: {@code linux/amd64, linux/arm64}. */
    public static String list(Iterable<Platform> platforms) {
        return java.util.stream.StreamSupport.stream(platforms.spliterator(), false)
                .map(Platform::toString)
                .collect(Collectors.joining(", "));
    }

    @Override
    public int compareTo(Platform other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        String version = osVersion.isEmpty() ? "" : "(" + osVersion + ")";
        return os + version + "/" + arch + (variant.isEmpty() ? "" : "/" + variant);
    }
}
