package io.jenkins.plugins.multiarch.retention;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.Tag;
import java.time.Instant;
import java.util.Optional;

/** A tag as rules see it, with the latest of when its manifest was created, pushed and last promoted. */
public record TaggedManifest(Tag tag, Digest digest, Optional<Instant> time) {}
