/**
 * What may be deleted from a registry, and the deleting: reachability from what is kept, rules, a plan with a reason for each
 * digest, deletion by provider and the way back.
 */
package io.jenkins.plugins.multiarch.retention;
