/**
 * The built plugin in a real controller, seen from outside: each test starts {@code jenkins.war} of {@code -Dcontroller=DIR}
 * on loopback with the plugins of that folder and ours, connects agents, runs Pipelines, and stops or kills what it started.
 */
package io.jenkins.plugins.multiarch.controller;
