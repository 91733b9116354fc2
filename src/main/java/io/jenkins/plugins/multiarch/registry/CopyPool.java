package io.jenkins.plugins.multiarch.registry;

import java.util.ArrayList;
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
 * A few threads that work for one copy. The first failure, or an interrupt of the thread that waits, stops them all;
 * nothing is written any more once the failure is thrown.
 */
final class CopyPool implements AutoCloseable {
    private static final long STOP_SECONDS = 30;

    private final ExecutorService threads;

    /** One call of the registry, or a few. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    CopyPool(int width) {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(width, work -> {
            Thread thread = new Thread(work, "image-copy-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does all of it and gives the results in the order of the work. */
    <T> List<T> all(List<? extends Work<T>> work) throws InterruptedException {
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
