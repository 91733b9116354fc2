package hudson;

import java.io.File;
import java.io.IOException;

public final class XmlFile {
    public XmlFile(File file) {}

    public native Object read() throws IOException;

    public native void write(Object value) throws IOException;

    public native boolean exists();

    public native File getFile();
}
