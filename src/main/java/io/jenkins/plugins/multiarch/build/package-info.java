/**
 * Builds images and puts those of several platforms together: the index of what builders pushed by digest, and a builder
 * of our own that needs neither a container engine nor emulation.
 */
package io.jenkins.plugins.multiarch.build;
