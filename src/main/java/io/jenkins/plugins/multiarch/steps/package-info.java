/**
 * The Pipeline steps: arguments and forms on one side, the engine on the other, and nothing in between that decides. The
 * engine's work runs on the agent inside {@code node} and on the controller outside it, never on the Pipeline's own thread.
 */
package io.jenkins.plugins.multiarch.steps;
