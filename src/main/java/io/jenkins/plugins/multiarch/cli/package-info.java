/**
 * The command line: one class for each verb, which reads its flags, calls one operation of the engine and prints what came
 * of it. Results go to standard output, what happened on the way to standard error.
 */
package io.jenkins.plugins.multiarch.cli;
