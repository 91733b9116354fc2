/** Tests inside a Jenkins started in this process; they need the Jenkins project's own artifacts. */
package io.jenkins.plugins.multiarch.harness;
