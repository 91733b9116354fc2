/** What a build shows of the images it made: on its page and in the REST API. */
package io.jenkins.plugins.multiarch.ui;
