/**
 * Points tags at images that were built and tested already, by copying raw bytes: in the same repository, to another one,
 * or to another registry. Nothing is built, pulled apart or written anew.
 */
package io.jenkins.plugins.multiarch.promote;
