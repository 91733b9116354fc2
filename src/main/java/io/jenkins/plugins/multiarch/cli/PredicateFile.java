package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.attest.Predicate;
import io.jenkins.plugins.multiarch.attest.Statement;
import io.jenkins.plugins.multiarch.image.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file with a claim, of the whole image or of one platform's: {@code FILE} or {@code PLATFORM=FILE}.
 *
 * @param platform none for the whole image
 */
record PredicateFile(Optional<Platform> platform, Path file) {

    /** Makes a claim of a file's bytes. */
    @FunctionalInterface
    interface Form {
        Predicate read(byte[] bytes);
    }

    static PredicateFile parse(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new PredicateFile(Optional.empty(), Path.of(text))
                : new PredicateFile(
                        Optional.of(Platform.parse(text.substring(0, equals))), Path.of(text.substring(equals + 1)));
    }

    Predicate read(Form form) throws IOException {
        return form.read(BoundedFile.read(file, Statement.MAX_SIZE));
    }
}
