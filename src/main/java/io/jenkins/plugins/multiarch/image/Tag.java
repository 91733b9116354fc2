package io.jenkins.plugins.multiarch.image;

import java.util.List;
import java.util.regex.Pattern;

/** A movable name of a manifest in its repository, at most 128 characters (OCI distribution-spec 1.1, "Pull"). */
public record Tag(String name) implements Reference, Comparable<Tag> {
    private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /** The tag that is meant where a reference names neither tag nor digest. */
    public static final Tag LATEST = new Tag("latest");

    public Tag {
        if (!isValid(name)) {
            throw new ReleaseException(
                    "'" + Shown.of(name) + "' is not a tag.",
                    "Write 1 to 128 letters, digits, '_', '.' or '-', not starting with '.' or '-', as in 1.4.2.");
        }
    }

    /** Reads what a Jenkinsfile says, for example {@code 1.4.2}. */
    public static Tag parse(String text) {
        return new Tag(text.strip());
    }

    /** Whether a name follows the grammar; registries list others at times. */
    public static boolean isValid(String name) {
        return GRAMMAR.matcher(name).matches();
    }

    /** Reads several, in their order, each one once. */
    public static List<Tag> parseAll(List<String> texts) {
        return texts.stream().map(Tag::parse).distinct().toList();
    }

    @Override
    public int compareTo(Tag other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
