package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.builder.BuilderKind;
import java.util.Optional;

/**
 * What builds an image.
 *
 * @param kind nothing to take the best that is there
 */
record Builder(Optional<BuilderKind> kind) {

    static Builder parse(String text) {
        return new Builder(BuilderKind.parse(text));
    }

    boolean isDaemonless() {
        return kind.filter(BuilderKind.DAEMONLESS::equals).isPresent();
    }

    @Override
    public String toString() {
        return kind.map(BuilderKind::toString).orElse(BuilderKind.AUTO);
    }
}
