package io.jenkins.plugins.multiarch.plan;

import io.jenkins.plugins.multiarch.image.BoundedPattern;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A file that says the version, and where in it.
 *
 * @param file its path, below the folder of the sources
 * @param key names parted by dots, for example {@code package.version}; empty for the usual one of such a file
 * @param pattern a regular expression that finds the version in a line, in its first group where it has one; or empty
 */
public record VersionFile(String file, String key, String pattern) {
    /** The largest file that is looked at, in bytes. */
    static final int MAX_SIZE = 4 << 20;

    private static final Pattern TEXT = Pattern.compile("([^#=]+)(?:#([^#=]+)|=(.+))?");

    public VersionFile {
        if (file.isBlank()
                || file.startsWith("/")
                || file.contains("\\")
                || List.of(file.split("/")).contains("..")
                || (!key.isEmpty() && !pattern.isEmpty())) {
            throw refused(file);
        }
    }

    /** Reads {@code VERSION}, {@code Chart.yaml#appVersion} or {@code src/main.c=VERSION "(.*)"}. */
    public static VersionFile parse(String text) {
        var matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw refused(text);
        }
        return new VersionFile(matcher.group(1), orEmpty(matcher.group(2)), orEmpty(matcher.group(3)));
    }

    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }

    private static ReleaseException refused(String text) {
        return new ReleaseException(
                "'" + Shown.of(text) + "' is not a file with a version.",
                "Write its path below the sources; with #KEY or =PATTERN behind where it is not in the usual place.");
    }

    /** Reads the file below a folder; links that lead out of it are refused. */
    public FoundVersion readBelow(Path folder) throws IOException {
        Path path = folder.resolve(file);
        byte[] bytes;
        try {
            if (!path.toRealPath().startsWith(folder.toRealPath())) {
                throw refused(file);
            }
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(MAX_SIZE + 1);
            }
        } catch (NoSuchFileException e) {
            throw new ReleaseException(
                    "There is no file '" + Shown.of(file) + "' to read the version from.",
                    "Correct versionFiles, or check out the sources first.");
        }
        return read(bytes);
    }

    /** Finds the version in the file's content. */
    public FoundVersion read(byte[] content) {
        if (content.length > MAX_SIZE) {
            throw new ReleaseException(
                    "'" + Shown.of(file) + "' has more than " + MAX_SIZE + " bytes, so no version is looked for in it.",
                    "Name the file that the version is kept in.");
        }
        String found = find(content).map(String::strip).orElse("");
        if (found.isEmpty()) {
            throw new ReleaseException(
                    "No version was found in " + place() + ".",
                    "Write it there, or say where else in the file it is: FILE#KEY or FILE=PATTERN.");
        }
        return new FoundVersion(place(), found);
    }

    /** For messages. */
    public String place() {
        return Shown.of(file) + (key.isEmpty() ? "" : "#" + Shown.of(key));
    }

    private Optional<String> find(byte[] content) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        if (!pattern.isEmpty()) {
            return byPattern(content);
        }
        if (name.endsWith(".xml")) {
            return MavenVersion.find(content, place());
        }
        if (name.endsWith(".toml")) {
            return first(new TomlTexts(text(content)), usual(name));
        }
        if (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml")) {
            return first(TreeTexts.read(content, name.endsWith(".json"), place()), usual(name));
        }
        return onlyLine(content);
    }

    private Optional<String> first(KeyedTexts texts, List<String> keys) {
        return keys.stream().flatMap(at -> texts.get(at).stream()).findFirst();
    }

    private List<String> usual(String name) {
        if (!key.isEmpty()) {
            return List.of(key);
        }
        return switch (name) {
            case "pyproject.toml" -> List.of("project.version", "tool.poetry.version");
            case "Cargo.toml" -> List.of("package.version", "workspace.package.version");
            default -> List.of("version");
        };
    }

    private Optional<String> byPattern(byte[] content) {
        BoundedPattern compiled = BoundedPattern.compile(pattern, 0);
        return text(content)
                .lines()
                .flatMap(line -> compiled.find(line).stream())
                .map(VersionFile::firstGroup)
                .findFirst();
    }

    private static String firstGroup(MatchResult match) {
        String group = match.groupCount() == 0 ? match.group() : match.group(1);
        return group == null ? "" : group;
    }

    /** Of a file that holds the version and nothing else but blank lines and comments. */
    private static Optional<String> onlyLine(byte[] content) {
        List<String> lines = text(content)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .limit(2)
                .toList();
        return lines.size() == 1 ? Optional.of(lines.get(0)) : Optional.empty();
    }

    private static String text(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
