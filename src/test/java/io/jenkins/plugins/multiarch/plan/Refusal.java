package io.jenkins.plugins.multiarch.plan;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal says. */
final class Refusal {

    private Refusal() {}

    static String of(ThrowingCallable refused) {
        return catchThrowableOfType(ReleaseException.class, refused).getMessage();
    }
}
