/** The real container tools that some tests work with, and what to do when they are not here. */
package io.jenkins.plugins.multiarch.tools;
