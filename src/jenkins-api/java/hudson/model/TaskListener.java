package hudson.model;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

public interface TaskListener extends SerializableOnlyOverRemoting {
    TaskListener NULL = null;

    PrintStream getLogger();

    default void hyperlink(String url, String text) throws IOException {
        throw new AssertionError();
    }

    default PrintWriter error(String message) {
        throw new AssertionError();
    }

    default PrintWriter error(String format, Object... arguments) {
        throw new AssertionError();
    }
}
