package io.jenkins.plugins.multiarch.steps;

import hudson.model.Run;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Manifest;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.promote.FileJournal;
import io.jenkins.plugins.multiarch.promote.JournalEntry;
import io.jenkins.plugins.multiarch.promote.Receipt;
import io.jenkins.plugins.multiarch.promote.ReleaseNote;
import io.jenkins.plugins.multiarch.promote.ReturnTo;
import io.jenkins.plugins.multiarch.promote.TagChange;
import io.jenkins.plugins.multiarch.promote.TagName;
import io.jenkins.plugins.multiarch.registry.fake.FakeRegistry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The journal of a build that was killed before it moved its tag. */
final class BrokenPromotion {

    private BrokenPromotion() {}

    static void of(FakeRegistry registry, Manifest old, Manifest image, String repository, String tag)
            throws IOException {
        journal(registry, old, image, repository, tag).close();
    }

    /** Held until it is closed. */
    static FileJournal journal(FakeRegistry registry, Manifest old, Manifest image, String repository, String tag)
            throws IOException {
        return planned(Promotions.get().folder().journal(), registry, old, image, repository, tag);
    }

    /** The same of a build. */
    static FileJournal journal(
            FakeRegistry registry, Manifest old, Manifest image, String repository, String tag, Run<?, ?> build)
            throws IOException {
        FileJournal journal = Promotions.get().folder().journal(build.getExternalizableId());
        return planned(journal, registry, old, image, repository, tag);
    }

    private static FileJournal planned(
            FileJournal journal, FakeRegistry registry, Manifest old, Manifest image, String repository, String tag)
            throws IOException {
        journal.append(new JournalEntry.Planned(List.of(new TagChange(
                new TagName(registry.repository(repository), new Tag(tag)),
                Optional.of(old.digest()),
                image.digest()))));
        return journal;
    }

    /** That of a build that was killed before it moved its tag back. */
    static void ofRollback(FakeRegistry registry, Digest now, Manifest earlier, String repository, String tag)
            throws IOException {
        Repository there = registry.repository(repository);
        TagChange back = new TagChange(new TagName(there, new Tag(tag)), Optional.of(now), earlier.digest());
        ReleaseNote note =
                new ReleaseNote("", "57", "", "", Optional.of(new ReturnTo(Optional.empty(), Optional.empty())));
        Receipt receipt =
                new Receipt(Instant.now(), note, List.of(back), Map.of(ImageRef.of(there, earlier.digest()), ""));
        try (FileJournal journal = Promotions.get().folder().journal()) {
            journal.append(new JournalEntry.Planned(List.of(back), Optional.of(receipt)));
        }
    }
}
