package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;

/** Who wins where somebody else moved a tag meanwhile. */
@FunctionalInterface
interface Precedence {
    /** Whoever was first. */
    Precedence OF_THE_FIRST = (change, theirs) -> false;

    /** Whether what they set is older than what the tag is to lead to. */
    boolean isOurs(TagChange change, Digest theirs) throws InterruptedException;
}
