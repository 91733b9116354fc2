package io.jenkins.plugins.multiarch.promote;

import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Shown;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has mirrors that may lag follow a release; one that cannot stays behind. */
final class Followers {
    private final Moves moves;
    private final Rivals rivals;
    private final Map<Mirror, String> behind;

    /** @param known those that stay behind in any case, each with why */
    Followers(Moves moves, Rivals rivals, Map<Mirror, String> known) {
        this.moves = moves;
        this.rivals = rivals;
        this.behind = new LinkedHashMap<>(known);
    }

    /** Something that a mirror has to do. */
    @FunctionalInterface
    interface Following {
        void run() throws IOException, InterruptedException;
    }

    void orLag(Mirror mirror, Following following) throws IOException, InterruptedException {
        if (behind.containsKey(mirror)) {
            return;
        }
        try {
            following.run();
        } catch (ReleaseException e) {
            behind.put(mirror, e.fact());
        }
    }

    /**
     * Moves the tags of a mirror.
     *
     * @return receipts that could not be left, each as a sentence
     */
    List<String> follow(PromotionRequest request, List<Candidate> mirrored) throws InterruptedException {
        Moves.Moved moved = moved(request, mirrored);
        Optional<LostRace> lost = moved.lost();
        if (lost.isPresent()) {
            throw new ReleaseException(
                    lost.get().name() + " was not moved: superseded by " + rivals.release(lost.get()) + ".",
                    "Promote to the mirror again if it should follow all the same.");
        }
        return moved.unrecorded();
    }

    /** The release itself is out by now, whatever becomes of a disk. */
    private Moves.Moved moved(PromotionRequest request, List<Candidate> mirrored) throws InterruptedException {
        try {
            return moves.follow(request, mirrored);
        } catch (IOException e) {
            throw new ReleaseException(
                    "The journal could not be written: " + Shown.of(String.valueOf(e.getMessage())) + ".",
                    "Make room on its disk, then promote to the mirror again.",
                    e);
        }
    }

    /** Those that stay behind, each with why. */
    Map<Mirror, String> behind() {
        return Collections.unmodifiableMap(behind);
    }
}
