package hudson.remoting;

import java.io.IOException;

public class Channel implements VirtualChannel {
    Channel() {}

    @Override
    public native <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException;

    @Override
    public native <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException;

    @Override
    public native <T> T export(Class<T> type, T instance);

    public native boolean isClosingOrClosed();

    public static native Channel current();
}
