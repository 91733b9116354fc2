/** The APIs by which GitHub Packages, Docker Hub, Amazon ECR and Harbor list and delete manifests. */
package io.jenkins.plugins.multiarch.retention.provider;
