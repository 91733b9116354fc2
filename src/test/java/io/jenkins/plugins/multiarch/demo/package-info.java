/** The demo that {@code mvn -Pdemo} runs, with a registry in the same process unless another is named. */
package io.jenkins.plugins.multiarch.demo;
