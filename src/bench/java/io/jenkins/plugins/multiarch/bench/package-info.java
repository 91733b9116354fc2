/**
 * Measures ourselves beside the tools of the field, in one run, turn by turn on the same registry, and prints medians
 * and ratios. Nothing here is asserted: a shared machine is no judge of seconds.
 */
package io.jenkins.plugins.multiarch.bench;
