package io.jenkins.plugins.multiarch.promote;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Does writing calls a few at a time. Once one has failed, or the thread that waits is interrupted, no further one is begun;
 * those under way are waited for, because nobody can tell what became of a call that is broken off.
 */
final class CarefulCalls {
    private static final int WIDTH = 4;
    /** How long an interrupted thread waits for calls under way before it breaks them off. */
    private static final long PATIENCE_SECONDS = 3;
    /** How long it then waits for their threads. */
    private static final long STOP_SECONDS = 30;

    /** A call, or a few, about one thing. */
    @FunctionalInterface
    interface Act<T> {
        void on(T thing) throws Exception;
    }

    private CarefulCalls() {}

    /**
     * Does it with each of them.
     *
     * @throws Exception the first failure, after everything under way has ended
     */
    static <T> void each(List<T> things, Act<? super T> act) throws Exception {
        Run<T> run = new Run<>(things.iterator(), act);
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(WIDTH, Math.max(1, things.size())), work -> {
            Thread thread = new Thread(work, "promotion");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(WIDTH, things.size()); i++) {
                workers.add(threads.submit(run));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException e) {
            run.stop();
            end(threads);
            throw e;
        } catch (ExecutionException e) {
            run.stop();
            end(threads);
            throw (Error) e.getCause();
        } finally {
            threads.shutdown();
        }
        Optional<Exception> failure = run.failure();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static void end(ExecutorService threads) throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            threads.shutdownNow();
            threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** What the threads share. */
    private static final class Run<T> implements Runnable {
        private final Iterator<T> things;
        private final Act<? super T> act;
        private Optional<Exception> failure = Optional.empty();
        private boolean stopped;

        Run(Iterator<T> things, Act<? super T> act) {
            this.things = things;
            this.act = act;
        }

        private synchronized Optional<T> next() {
            return stopped || !things.hasNext() ? Optional.empty() : Optional.of(things.next());
        }

        synchronized void stop() {
            stopped = true;
        }

        private synchronized void fail(Exception problem) {
            stopped = true;
            failure = failure.isPresent() ? failure : Optional.of(problem);
        }

        synchronized Optional<Exception> failure() {
            return failure;
        }

        @Override
        public void run() {
            try {
                for (Optional<T> thing = next(); thing.isPresent(); thing = next()) {
                    act.on(thing.get());
                }
            } catch (Exception e) {
                fail(e);
            }
        }
    }
}
