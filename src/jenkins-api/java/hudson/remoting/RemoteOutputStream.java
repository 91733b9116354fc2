package hudson.remoting;

import java.io.IOException;
import java.io.OutputStream;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

public final class RemoteOutputStream extends OutputStream implements SerializableOnlyOverRemoting {
    public RemoteOutputStream(OutputStream core) {}

    @Override
    public native void write(int b) throws IOException;
}
