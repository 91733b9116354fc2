package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.version.ReleaseVersion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalInt;

/** Which of two images is the newer one, for tags that must not go backwards. */
public interface Order {

    /** Where an image stands, in words for a message; empty where it does not say. */
    String place(ImageFacts image);

    /** Which way a tag goes from one image to another; both say where they stand. */
    Direction between(ImageFacts standing, ImageFacts candidate) throws InterruptedException;

    /** The way from one image to another. */
    enum Direction {
        FORWARDS,
        NOWHERE,
        BACKWARDS,
        /** Neither is the newer one, as with commits of two branches. */
        ASIDE;

        static Direction of(int comparison) {
            if (comparison == 0) {
                return NOWHERE;
            }
            return comparison < 0 ? FORWARDS : BACKWARDS;
        }
    }

    /** Whether one commit is among those that another was made upon. */
    @FunctionalInterface
    interface Ancestry {
        boolean isAncestor(String commit, String descendant) throws InterruptedException;
    }

    /** By {@code org.opencontainers.image.version}, as Semantic Versioning orders them, or PEP 440. */
    static Order byVersion() {
        return new Order() {
            @Override
            public String place(ImageFacts image) {
                return version(image).map(ReleaseVersion::text).orElse("");
            }

            @Override
            public Direction between(ImageFacts standing, ImageFacts candidate) {
                OptionalInt comparison = ReleaseVersion.compare(
                        version(standing).orElseThrow(), version(candidate).orElseThrow());
                return comparison.isPresent() ? Direction.of(comparison.getAsInt()) : Direction.ASIDE;
            }

            private static Optional<ReleaseVersion> version(ImageFacts image) {
                return ReleaseVersion.read(image.version());
            }

            @Override
            public String toString() {
                return "version";
            }
        };
    }

    /** By {@code org.opencontainers.image.created}, or the time in the configuration. */
    static Order byBuildTime() {
        return new Order() {
            @Override
            public String place(ImageFacts image) {
                return time(image).map(Instant::toString).orElse("");
            }

            @Override
            public Direction between(ImageFacts standing, ImageFacts candidate) {
                return Direction.of(
                        time(standing).orElseThrow().compareTo(time(candidate).orElseThrow()));
            }

            /** The beginning of time is what reproducible builds write where they mean none. */
            private static Optional<Instant> time(ImageFacts image) {
                try {
                    return Optional.of(OffsetDateTime.parse(image.created()).toInstant())
                            .filter(time -> time.isAfter(Instant.EPOCH));
                } catch (DateTimeException e) {
                    return Optional.empty();
                }
            }

            @Override
            public String toString() {
                return "build time";
            }
        };
    }

    /** By the commits in {@code org.opencontainers.image.revision}: a descendant is newer. */
    static Order byCommit(Ancestry history) {
        return new Order() {
            @Override
            public String place(ImageFacts image) {
                return image.revision();
            }

            @Override
            public Direction between(ImageFacts standing, ImageFacts candidate) throws InterruptedException {
                if (standing.revision().equals(candidate.revision())) {
                    return Direction.NOWHERE;
                }
                if (history.isAncestor(standing.revision(), candidate.revision())) {
                    return Direction.FORWARDS;
                }
                return history.isAncestor(candidate.revision(), standing.revision())
                        ? Direction.BACKWARDS
                        : Direction.ASIDE;
            }

            @Override
            public String toString() {
                return "commit";
            }
        };
    }
}
