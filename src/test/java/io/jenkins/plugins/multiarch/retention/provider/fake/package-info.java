/**
 * The APIs of GitHub Packages, Docker Hub, Amazon ECR and Harbor as they are published, in front of a fake registry and
 * sharing what it holds.
 */
package io.jenkins.plugins.multiarch.retention.provider.fake;
