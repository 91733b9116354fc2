package io.jenkins.plugins.multiarch.steps;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import java.io.IOException;
import java.io.Serializable;

/**
 * What an agent answers to yes or no, where a refusal is not yet the end of the step: whoever asked makes of it what it is
 * there.
 *
 * @param fact of the refusal, or empty
 * @param cure of the refusal, or empty
 */
record Answer(boolean yes, String fact, String cure) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What is asked. */
    @FunctionalInterface
    interface Question {
        boolean ask() throws IOException, InterruptedException;
    }

    static Answer to(Question question) throws IOException, InterruptedException {
        try {
            return new Answer(question.ask(), "", "");
        } catch (ReleaseException e) {
            return new Answer(false, e.fact(), e.cure());
        }
    }

    /** @throws ReleaseException if it is a refusal */
    boolean orRefuse() {
        if (!fact.isEmpty()) {
            throw new ReleaseException(fact, cure);
        }
        return yes;
    }
}
