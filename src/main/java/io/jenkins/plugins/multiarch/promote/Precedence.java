package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import java.util.Optional;

/** Who wins where somebody else moved a tag meanwhile. */
@FunctionalInterface
interface Precedence {
    /** Whoever was first. */
    Precedence OF_THE_FIRST = (change, theirs) -> false;

    /** Whoever comes last at one tag, and elsewhere as others say. */
    static Precedence ofTheLast(Optional<TagName> name, Precedence elsewhere) {
        return (change, theirs) -> name.filter(change.name()::equals).isPresent() || elsewhere.isOurs(change, theirs);
    }

    /** Whether what they set gives way to what the tag is to lead to. */
    boolean isOurs(TagChange change, Digest theirs) throws InterruptedException;
}
