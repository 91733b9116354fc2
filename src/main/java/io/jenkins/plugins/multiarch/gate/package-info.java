/**
 * The gate between test and publication: what was tested is written down as a small record, and what is about to be
 * published is held against it. A difference is explained: which platform, which setting, which layer, made by which line,
 * and what that usually comes from.
 */
package io.jenkins.plugins.multiarch.gate;
