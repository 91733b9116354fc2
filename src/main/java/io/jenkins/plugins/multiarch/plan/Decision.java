package io.jenkins.plugins.multiarch.plan;

/**
 * One decision of a plan.
 *
 * @param name what was decided, for example {@code publish}
 * @param value the decision as text
 * @param reason why
 */
public record Decision(String name, String value, String reason) {}
