/** Versions of releases, by the schemes they are written in, and their order. */
package io.jenkins.plugins.multiarch.version;
