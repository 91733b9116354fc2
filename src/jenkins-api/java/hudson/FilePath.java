package hudson;

import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.remoting.RoleSensitive;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

public final class FilePath implements SerializableOnlyOverRemoting {
    public interface FileCallable<T> extends Serializable, RoleSensitive {
        T invoke(File file, VirtualChannel channel) throws IOException, InterruptedException;
    }

    public FilePath(VirtualChannel channel, String remote) {}

    public FilePath(File local) {}

    public FilePath(FilePath base, String relative) {}

    public native String getRemote();

    public native String getName();

    public native String getBaseName();

    public native FilePath child(String relative);

    public native FilePath sibling(String relative);

    public native FilePath getParent();

    public native VirtualChannel getChannel();

    public native boolean isRemote();

    public native Computer toComputer();

    public native <T> T act(FileCallable<T> callable) throws IOException, InterruptedException;

    public native <V, E extends Throwable> V act(Callable<V, E> callable) throws IOException, InterruptedException, E;

    public native <T> Future<T> actAsync(FileCallable<T> callable) throws IOException, InterruptedException;

    public native boolean exists() throws IOException, InterruptedException;

    public native boolean isDirectory() throws IOException, InterruptedException;

    public native boolean isDescendant(String relative) throws IOException, InterruptedException;

    public native long length() throws IOException, InterruptedException;

    public native long lastModified() throws IOException, InterruptedException;

    public native String digest() throws IOException, InterruptedException;

    public native void chmod(int mode) throws IOException, InterruptedException;

    public native int mode() throws IOException, InterruptedException;

    public native void mkdirs() throws IOException, InterruptedException;

    public native boolean delete() throws IOException, InterruptedException;

    public native void deleteRecursive() throws IOException, InterruptedException;

    public native void deleteContents() throws IOException, InterruptedException;

    public native List<FilePath> list() throws IOException, InterruptedException;

    public native FilePath[] list(String includes) throws IOException, InterruptedException;

    public native FilePath[] list(String includes, String excludes) throws IOException, InterruptedException;

    public native InputStream read() throws IOException, InterruptedException;

    public native String readToString() throws IOException, InterruptedException;

    public native OutputStream write() throws IOException, InterruptedException;

    public native void write(String content, String encoding) throws IOException, InterruptedException;

    public native void copyFrom(InputStream in) throws IOException, InterruptedException;

    public native void copyFrom(FilePath source) throws IOException, InterruptedException;

    public native void copyTo(FilePath target) throws IOException, InterruptedException;

    public native void copyTo(OutputStream out) throws IOException, InterruptedException;

    public native void renameTo(FilePath target) throws IOException, InterruptedException;

    public native FilePath createTempFile(String prefix, String suffix) throws IOException, InterruptedException;

    public native FilePath createTempDir(String prefix, String suffix) throws IOException, InterruptedException;

    public native Launcher createLauncher(TaskListener listener) throws IOException, InterruptedException;
}
