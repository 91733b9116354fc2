/**
 * Images as files: OCI image layouts as folder and as tar archive, the archives of {@code docker save}, and the tar
 * format under both.
 *
 * <p>Nothing is unpacked: an archive is read by the offsets of its entries. What has a digest is checked against it while
 * it is read, and appears under its name only when it is whole.
 */
package io.jenkins.plugins.multiarch.layout;
