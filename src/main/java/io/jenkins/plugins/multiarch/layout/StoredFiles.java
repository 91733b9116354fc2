package io.jenkins.plugins.multiarch.layout;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Files by name, in a folder or in a tar archive. */
interface StoredFiles extends Closeable {

    boolean has(String name);

    /** The content of a file that is {@linkplain #has there}. */
    InputStream open(String name) throws IOException;

    /** Its size in bytes. */
    long size(String name) throws IOException;

    /** Where they lie, for messages. */
    Path path();
}
