package dcluster.app.command;

import dcluster.app.check.Checking;
import dcluster.app.check.Judged;
import dcluster.app.check.PageFile;
import dcluster.app.check.Rows;
import dcluster.app.check.Wanted;
import dcluster.app.check.Words;
import dcluster.app.terminal.Exit;
import dcluster.app.terminal.Failure;
import dcluster.checker.transaction.Level;
import dcluster.checker.verdict.Answer;
import dcluster.checker.verdict.Check;
import dcluster.checker.verdict.Terms;
import dcluster.checker.verdict.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Judge histories of what clients did: valid, invalid or unknown.",
            "A history is a file of JSON lines in Jepsen's shape, an event each, compressed by gzip or not:",
            "  {\"process\":3,\"type\":\"invoke\",\"f\":\"write\",\"key\":\"r\",\"value\":4,\"time\":17000000}",
            "type is invoke, ok, fail or info; time is in nanoseconds.",
            "An invalid one is explained: the operations that cannot be ordered and the state before, or a cycle of"
                    + " transactions. Unknown is what could not be decided in time and memory, and what says nothing."
        },
        footer = {
            "",
            "Exit codes: 0 valid, 1 invalid, 2 unknown, 65 not a history. Of several histories the worst counts: 1,"
                    + " 65, 2.",
            "-o json prints a list with an object for each history. Memory is the most that this process has held."
        })
final class CheckCommand implements Callable<Integer> {
    private static final List<Integer> WORST_FIRST =
            List.of(Exit.NO, Exit.BAD_CONFIG, Exit.USAGE, Exit.RESOURCE, Exit.UNKNOWN);

    private final Session session;

    @Parameters(paramLabel = "HISTORY", arity = "1..*", description = "Files; - reads the standard input.")
    private List<String> histories = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "What to check for: ${COMPLETION-CANDIDATES}; by default guessed from the functions.")
    private @Nullable Check check;

    @Option(
            names = "--isolation",
            paramLabel = "LEVEL",
            defaultValue = "strict-serializable",
            description = "The level that transactions have to reach: ${COMPLETION-CANDIDATES}; by default"
                    + " ${DEFAULT-VALUE}.")
    private Level isolation = Level.STRICT_SERIALIZABLE;

    @Option(names = "--total", paramLabel = "AMOUNT", description = "Of a bank: the sum of all balances.")
    private @Nullable Long total;

    @Option(
            names = "--accounts",
            paramLabel = "KEY",
            split = ",",
            description = "Of a bank: its accounts, as a,b,c; by default all keys of the history.")
    private Set<String> accounts = new LinkedHashSet<>();

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description = "How long one history may take before it is unknown; by default ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "What a search may remember before a history is unknown, as 512m or 2g; by default a quarter"
                    + " of what Java may use.")
    private @Nullable Long memory;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page that shows the finding on a timeline; into a folder, one for each history.")
    private @Nullable Path html;

    @Mixin
    private DemandOptions demands = new DemandOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (total == null && !accounts.isEmpty()) {
            throw new Failure(Exit.USAGE, "which total do these --accounts have? Say so by --total");
        }
        var checking = new Checking(wanted(), session.terminal(), session.in(), session.err());
        var judged = new ArrayList<Judged>();
        var failures = new ArrayList<Failure>();
        for (var name : histories) {
            try {
                judged.add(checking.judge(name));
            } catch (Failure failure) {
                failures.add(new Failure(failure.exit(), Texts.visible(String.valueOf(failure.getMessage())), failure));
            }
        }
        show(judged);
        return exit(judged, failures);
    }

    private Wanted wanted() {
        var bank = Optional.ofNullable(total).map(sum -> new Terms.Bank(accounts, sum));
        long bytes = memory == null ? Runtime.getRuntime().maxMemory() / 4 : memory;
        var page = Optional.ofNullable(html).map(path -> new PageFile(path, histories.size()));
        return new Wanted(Optional.ofNullable(check), isolation, bank, demands.demands(), timeout, bytes, page);
    }

    private void show(List<Judged> judged) {
        var output = format.in(session);
        if (!output.isTable()) {
            output.list(List.of(), judged.stream().map(Rows::json).toList());
        } else if (!judged.isEmpty()) {
            output.list(Rows.COLUMNS, judged.stream().map(Rows::row).toList());
            judged.forEach(one -> Words.of(one, session.terminal()).forEach(output::line));
        }
    }

    /** The worst of all; what could not be judged is told. */
    private static int exit(List<Judged> judged, List<Failure> failures) {
        if (judged.isEmpty() && failures.size() == 1) {
            throw failures.get(0);
        }
        var exits = Stream.concat(
                        judged.stream().map(one -> exit(one.verdict().answer())),
                        failures.stream().map(Failure::exit))
                .toList();
        int worst = WORST_FIRST.stream().filter(exits::contains).findFirst().orElse(Exit.OK);
        if (!failures.isEmpty()) {
            throw new Failure(worst, failures.stream().map(Failure::getMessage).collect(Collectors.joining("\n")));
        }
        return worst;
    }

    private static int exit(Answer answer) {
        return switch (answer) {
            case VALID -> Exit.OK;
            case INVALID -> Exit.NO;
            case UNKNOWN -> Exit.UNKNOWN;
        };
    }
}
