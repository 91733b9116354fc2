package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import java.util.Optional;

/** Somebody else moved a tag that was being moved. */
final class LostRace extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient TagName name;
    private final transient Optional<Digest> now;

    LostRace(TagName name, Optional<Digest> now) {
        super(name + " leads to " + now.map(Digest::toString).orElse("nothing") + " now");
        this.name = name;
        this.now = now;
    }

    TagName name() {
        return name;
    }

    /** What they set it to, or nothing where they removed it. */
    Optional<Digest> now() {
        return now;
    }
}
