/** Tests that hold the documentation against the sources: messages, links, commands. */
package io.jenkins.plugins.multiarch.guards;
