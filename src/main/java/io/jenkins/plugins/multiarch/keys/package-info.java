/**
 * Keys that sign and verify: read in the forms in which tools write them, hinted at, and used. The one place that reads and
 * writes PEM and DER, and knows which scheme and hash go with which kind of key. Whose key is trusted is not decided here.
 * All cryptography is the JDK's, but for what opens the keys of cosign; nothing here touches a disk or knows Jenkins.
 */
package io.jenkins.plugins.multiarch.keys;
