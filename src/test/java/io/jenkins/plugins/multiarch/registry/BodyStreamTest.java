package io.jenkins.plugins.multiarch.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodyStreamTest {
    private final BodyStream stream = new BodyStream(Duration.ofMinutes(5));
    private final AtomicLong asked = new AtomicLong();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Flow.Subscription connection = new Flow.Subscription() {
        @Override
        public void request(long n) {
            asked.addAndGet(n);
        }

        @Override
        public void cancel() {
            cancelled.set(true);
        }
    };

    @Test
    void handsOutWhatComesInItsOrder() throws Exception {
        stream.onSubscribe(connection);
        stream.onNext(List.of(bytes(1, 2), bytes(), bytes(3)));
        stream.onNext(List.of(bytes(4)));
        stream.onComplete();

        assertThat(stream.readAllBytes()).containsExactly(1, 2, 3, 4);
        assertThat(stream.read()).isEqualTo(-1);
    }

    @Test
    void handsOutWhatCameBeforeTheConnectionBroke() throws Exception {
        stream.onSubscribe(connection);
        stream.onNext(List.of(bytes(1)));
        stream.onError(new IOException("broken"));

        assertThat(stream.read()).isEqualTo(1);
        assertThatThrownBy(stream::read).isInstanceOf(IOException.class).hasMessage("broken");
    }

    @Test
    void givesUpAConnectionThatIsSubscribedAfterItWasClosed() {
        stream.close();

        stream.onSubscribe(connection);

        assertThat(cancelled).isTrue();
        assertThat(asked).hasValue(0);
    }

    @Test
    void wakesAReaderThatWaitsWhenSomebodyElseClosesIt() throws Exception {
        stream.onSubscribe(connection);
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            try {
                return stream.read();
            } catch (IOException e) {
                return -2;
            }
        });

        stream.close();

        assertThat(reader.get(1, TimeUnit.MINUTES)).isEqualTo(-2);
        assertThat(cancelled).isTrue();
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }
}
