package dcluster.app.command;

import dcluster.spi.Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --context}: makes a write the merge of what a reader has seen. */
final class KvContext {
    @Option(
            names = "--context",
            paramLabel = "CONTEXT",
            description =
                    "As 'kv get KEY --context' printed it: just the values that were printed with it are replaced,"
                            + " and others, written meanwhile, stay.")
    private @Nullable String context;

    /** The bytes of it, if it was given. */
    Optional<Bytes> bytes() {
        return Optional.ofNullable(context).map(KvValue::text);
    }
}
