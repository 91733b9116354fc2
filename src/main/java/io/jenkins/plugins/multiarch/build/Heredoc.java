package io.jenkins.plugins.multiarch.build;

/**
 * A text written into the Dockerfile itself, between {@code <<EOF} and {@code EOF}.
 *
 * @param expanded whether variables in it are replaced, which quotes around the name forbid
 */
record Heredoc(String name, boolean expanded, String content) {}
