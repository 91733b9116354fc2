package io.jenkins.plugins.multiarch.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few threads that call registries for one copy or push. The first failure, or an interrupt of the thread that waits,
 * stops them all; nothing is written any more once the failure is thrown.
 */
public final class WorkPool implements AutoCloseable {
    /** Calls at a time: enough to hide a registry's answering time, too few to be throttled. */
    private static final int WIDTH = 4;

    private static final long STOP_SECONDS = 30;

    private final ExecutorService threads;

    /** One call of the registry, or a few. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws InterruptedException;
    }

    /** The same for each of some things. */
    @FunctionalInterface
    public interface Act<T> {
        void on(T thing) throws InterruptedException;
    }

    public WorkPool() {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(WIDTH, work -> {
            Thread thread = new Thread(work, "registry-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What was begun and is perhaps not done. */
    @FunctionalInterface
    public interface Begun<T> {
        /** Waits for it; work that was begun must not wait for other such work, or all threads may come to wait. */
        T get() throws InterruptedException;
    }

    /** Begins something to be waited for later. */
    public <T> Begun<T> begin(Work<T> work) {
        Future<T> result = threads.submit(work::run);
        return () -> {
            try {
                return result.get();
            } catch (InterruptedException e) {
                stop();
                throw e;
            } catch (ExecutionException e) {
                stop();
                throw rethrown(e.getCause());
            }
        };
    }

    /** Does it with each of them, beginning in their order. */
    public <T> void each(Collection<T> things, Act<? super T> act) throws InterruptedException {
        List<Work<Void>> work = new ArrayList<>();
        for (T thing : things) {
            work.add(() -> {
                act.on(thing);
                return null;
            });
        }
        all(work);
    }

    /** Does all of it and gives the results in the order of the work. */
    public <T> List<T> all(List<? extends Work<T>> work) throws InterruptedException {
        CompletionService<T> done = new ExecutorCompletionService<>(threads);
        List<Future<T>> results = new ArrayList<>();
        work.forEach(one -> results.add(done.submit(one::run)));
        try {
            for (int i = 0; i < results.size(); i++) {
                done.take().get();
            }
            List<T> values = new ArrayList<>();
            for (Future<T> result : results) {
                values.add(result.get());
            }
            return values;
        } catch (InterruptedException e) {
            stop();
            throw e;
        } catch (ExecutionException e) {
            stop();
            throw rethrown(e.getCause());
        }
    }

    private static RuntimeException rethrown(Throwable cause) throws InterruptedException {
        if (cause instanceof InterruptedException interrupt) {
            throw interrupt;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    /** Interrupts what runs and waits until it has ended, even when interrupted again meanwhile. */
    private void stop() {
        threads.shutdownNow();
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        while (!threads.isTerminated() && System.nanoTime() < end) {
            try {
                threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
