package io.jenkins.plugins.multiarch.promote;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TagLocksTest {
    private static final TagName A = name("a");
    private static final TagName B = name("b");

    private final TagLocks locks = new TagLocks();

    private static TagName name(String tag) {
        return new TagName(Repository.parse("a.example/acme/app"), new Tag(tag));
    }

    @Test
    void neverLetTwoWaitForEachOther() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<?> one = threads.submit(() -> takeOften(List.of(A, B)));
            Future<?> two = threads.submit(() -> takeOften(List.of(B, A)));

            one.get(60, TimeUnit.SECONDS);
            two.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    private Void takeOften(List<TagName> names) throws IOException, InterruptedException {
        for (int i = 0; i < 2000; i++) {
            locks.take(names, line -> {}).close();
        }
        return null;
    }

    @Test
    void areTakenAgainByWhoHasThem() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            TagLocks.Held first = locks.take(List.of(A, B), line -> {});
            Future<Boolean> other = thread.submit(() -> {
                try (TagLocks.Held outer = locks.take(List.of(A, B), line -> waiting.countDown());
                        TagLocks.Held inner = locks.take(List.of(B, A), line -> {})) {
                    return inner.waited();
                }
            });
            waiting.await();

            first.close();

            assertThat(other.get(60, TimeUnit.SECONDS))
                    .as("it knows that somebody moved them just now")
                    .isTrue();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void letWaitAndSayForWhat() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        StringBuffer said = new StringBuffer();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (TagLocks.Held held = locks.take(List.of(B), line -> {})) {
            assertThat(held.waited()).isFalse();
            Future<Boolean> other = thread.submit(() -> {
                try (TagLocks.Held theirs = locks.take(List.of(A, B), line -> {
                    said.append(line);
                    waiting.countDown();
                })) {
                    return theirs.waited();
                }
            });
            waiting.await();

            held.close();

            assertThat(other.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).hasToString("Waiting for another promotion of a.example/acme/app:b.");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void giveARepositoryToNobodyWhoHasATagOfIt() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        StringBuffer said = new StringBuffer();
        CountDownLatch waiting = new CountDownLatch(1);
        Repository app = A.repository();
        try (TagLocks.Held held = locks.take(List.of(A), line -> {})) {
            Future<Boolean> pruning = thread.submit(() -> {
                try (TagLocks.Held whole = locks.takeAll(List.of(app), line -> {
                    said.append(line);
                    waiting.countDown();
                })) {
                    return whole.waited();
                }
            });
            waiting.await();

            held.close();

            assertThat(pruning.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).hasToString("Waiting for promotions into a.example/acme/app, or another pruning of it.");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void giveATagToNobodyWhileSomebodyHasTheRepository() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        StringBuffer said = new StringBuffer();
        CountDownLatch waiting = new CountDownLatch(1);
        try (TagLocks.Held whole = locks.takeAll(List.of(A.repository()), line -> {})) {
            Future<Boolean> promotion = thread.submit(() -> {
                try (TagLocks.Held held = locks.take(List.of(B), line -> {
                    said.append(line);
                    waiting.countDown();
                })) {
                    return held.waited();
                }
            });
            waiting.await();

            whole.close();

            assertThat(promotion.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).hasToString("Waiting for the pruning of a.example/acme/app.");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void giveBackWhatTheyHadWhereTheWaitIsInterrupted() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        TagLocks.Held held = locks.take(List.of(B), line -> {});
        Future<?> other = thread.submit(() -> locks.take(List.of(A, B), line -> waiting.countDown()));
        waiting.await();

        thread.shutdownNow();

        assertThat(thread.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(other.isDone()).isTrue();
        try (TagLocks.Held free = locks.take(List.of(A), line -> {})) {
            assertThat(free.waited()).isFalse();
        }
        held.close();
    }
}
