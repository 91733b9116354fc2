package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The newer one wins where there is an order and both say where they stand; else whoever was first. */
final class OrderedPrecedence implements Precedence {
    private final Optional<Order> order;
    private final ImageReading reading;
    private final Map<TagName, ImageRef> ours;

    OrderedPrecedence(Optional<Order> order, ImageReading reading, List<Candidate> moving) {
        this.order = order;
        this.reading = reading;
        this.ours = moving.stream().collect(Collectors.toMap(one -> one.change().name(), Candidate::image));
    }

    @Override
    public boolean isOurs(TagChange change, Digest theirs) throws InterruptedException {
        if (order.isEmpty() || change.last()) {
            return false;
        }
        ImageRef image = ours.get(change.name());
        ImageFacts next = reading.facts(image.repository(), change.digest());
        ImageFacts standing = reading.facts(change.name().repository(), theirs);
        return !order.get().place(next).isEmpty()
                && !order.get().place(standing).isEmpty()
                && order.get().between(standing, next) == Order.Direction.FORWARDS;
    }
}
