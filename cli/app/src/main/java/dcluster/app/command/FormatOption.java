package dcluster.app.command;

import dcluster.app.terminal.Format;
import dcluster.app.terminal.Output;
import picocli.CommandLine.Option;

/** {@code -o}: how data is printed. */
final class FormatOption {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How to print data: ${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}.")
    private Format format = Format.TABLE;

    Format format() {
        return format;
    }

    Output in(Session session) {
        return new Output(format, session.terminal(), session.out());
    }
}
