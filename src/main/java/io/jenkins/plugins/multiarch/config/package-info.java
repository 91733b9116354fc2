/**
 * What an administrator says once for all jobs: which registries there are and how they are reached, which agents build a
 * platform, whose signatures count, and which keys sign.
 */
package io.jenkins.plugins.multiarch.config;
