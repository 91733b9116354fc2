package io.jenkins.plugins.multiarch.cli;

import io.jenkins.plugins.multiarch.artifact.ArtifactFile;
import io.jenkins.plugins.multiarch.attest.StorageForm;
import io.jenkins.plugins.multiarch.build.BuildContext;
import io.jenkins.plugins.multiarch.build.ChildImage;
import io.jenkins.plugins.multiarch.gate.GateMode;
import io.jenkins.plugins.multiarch.gate.GateSubject;
import io.jenkins.plugins.multiarch.image.Digest;
import io.jenkins.plugins.multiarch.image.ImageRef;
import io.jenkins.plugins.multiarch.image.Platform;
import io.jenkins.plugins.multiarch.image.ReleaseException;
import io.jenkins.plugins.multiarch.image.Repository;
import io.jenkins.plugins.multiarch.image.Tag;
import io.jenkins.plugins.multiarch.plan.Cause;
import io.jenkins.plugins.multiarch.plan.Phase;
import io.jenkins.plugins.multiarch.plan.Ref;
import io.jenkins.plugins.multiarch.promote.ChannelTarget;
import io.jenkins.plugins.multiarch.promote.Mirror;
import io.jenkins.plugins.multiarch.promote.RollbackTarget;
import io.jenkins.plugins.multiarch.promote.TagPattern;
import io.jenkins.plugins.multiarch.retention.provider.ProviderKind;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads the engine's values from the command line, in the engine's words where they are written wrong. */
final class Converters {

    private Converters() {}

    static void register(CommandLine line) {
        register(line, ImageRef.class, ImageRef::parse);
        register(line, Repository.class, Repository::parse);
        register(line, Tag.class, Tag::parse);
        register(line, Platform.class, Platform::parse);
        register(line, Builder.class, Builder::parse);
        register(line, EngineOptions.SecretSource.class, EngineOptions.SecretSource::parse);
        register(line, BuildContext.class, BuildContext::parse);
        register(line, ChildImage.class, ChildImage::parse);
        register(line, GateSubject.class, GateSubject::parse);
        register(line, GateMode.class, GateMode::parse);
        register(line, PredicateFile.class, PredicateFile::parse);
        register(line, Digest.class, Digest::parse);
        register(line, Mirror.class, Mirror::parse);
        register(line, ChannelTarget.class, ChannelTarget::parse);
        register(line, RollbackTarget.class, RollbackTarget::parse);
        register(line, TagPattern.class, TagPattern::parse);
        register(line, StorageForm.class, StorageForm::parse);
        register(line, Ref.class, Ref::parse);
        register(line, Cause.class, Cause::parse);
        register(line, Phase.class, Phase::parse);
        register(line, ArtifactFile.class, ArtifactFile::parse);
        register(line, ProviderKind.class, ProviderKind::parse);
    }

    private static <T> void register(CommandLine line, Class<T> type, Function<String, T> parse) {
        line.registerConverter(type, text -> {
            try {
                return parse.apply(text);
            } catch (ReleaseException e) {
                throw new TypeConversionException(e.getMessage());
            }
        });
    }
}
