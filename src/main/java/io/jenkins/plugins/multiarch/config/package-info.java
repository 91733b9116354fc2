/** What an administrator says once for all jobs: which registries there are, and how they are reached. */
package io.jenkins.plugins.multiarch.config;
