package hudson;

import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

public abstract class Launcher {
    protected Launcher(TaskListener listener, VirtualChannel channel) {}

    public native VirtualChannel getChannel();

    public native TaskListener getListener();

    public native Computer getComputer();

    public native boolean isUnix();

    public final native ProcStarter launch();

    public abstract Proc launch(ProcStarter starter) throws IOException;

    public final class ProcStarter {
        public ProcStarter() {}

        public native ProcStarter cmds(String... arguments);

        public native ProcStarter cmds(List<String> arguments);

        public native ProcStarter masks(boolean... masks);

        public native ProcStarter quiet(boolean quiet);

        public native ProcStarter pwd(FilePath directory);

        public native ProcStarter envs(Map<String, String> overrides);

        public native ProcStarter envs(String... overrides);

        public native ProcStarter stdin(InputStream in);

        public native ProcStarter stdout(OutputStream out);

        public native ProcStarter stdout(TaskListener out);

        public native ProcStarter stderr(OutputStream err);

        public native Proc start() throws IOException;

        public native int join() throws IOException, InterruptedException;
    }
}
