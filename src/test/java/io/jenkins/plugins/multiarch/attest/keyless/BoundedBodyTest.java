package io.jenkins.plugins.multiarch.attest.keyless;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final BoundedBody body = new BoundedBody(4);

    @Test
    void takesABodyOfTheLargestSize() {
        receive(new byte[] {1, 2}, new byte[] {3, 4});
        body.onComplete();

        assertThat(body.getBody().toCompletableFuture().join()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void givesALongerOneUp() {
        receive(new byte[] {1, 2}, new byte[] {3, 4, 5});

        assertThat(cancelled).isTrue();
        assertThat(body.getBody().toCompletableFuture())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("it is longer than 4 bytes");
    }

    private void receive(byte[]... pieces) {
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                cancelled.set(true);
            }
        });
        for (byte[] piece : pieces) {
            body.onNext(List.of(ByteBuffer.wrap(piece)));
        }
    }
}
