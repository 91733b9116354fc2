package io.jenkins.plugins.multiarch.registry.fake;

import java.io.IOException;

/** Answers requests. */
@FunctionalInterface
interface Handler {
    Response answer(Request request) throws IOException, InterruptedException;
}
