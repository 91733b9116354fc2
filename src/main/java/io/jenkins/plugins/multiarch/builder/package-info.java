/**
 * Builds one platform of an image with the container tools of a machine: finds out which are there, chooses one, makes
 * the one shell script that it takes, and reads what the script leaves.
 *
 * <p>No builder ever pushes. Each leaves an image layout or an archive in a private folder; it is looked at there, and
 * pushed by digest with credentials that never leave the memory of this process.
 */
package io.jenkins.plugins.multiarch.builder;
