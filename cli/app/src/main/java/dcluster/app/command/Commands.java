package dcluster.app.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * All commands, in the order in which help lists them. Reading what a command takes costs milliseconds, of which a
 * command line that names another one should pay nothing: only the one that is named is made, and of the others their
 * names and first lines.
 */
public final class Commands {
    private static final List<Entry> ALL = List.of(
            new Entry(StartCommand.class, StartCommand::new),
            new Entry(StopCommand.class, StopCommand::new),
            new Entry(PsCommand.class, PsCommand::new),
            new Entry(StatusCommand.class, StatusCommand::new),
            new Entry(LogsCommand.class, LogsCommand::new),
            new Entry(KvCommand.class, session -> new KvCommand()),
            new Entry(TxnCommand.class, session -> new TxnCommand()),
            new Entry(KillCommand.class, KillCommand::new),
            new Entry(RestartCommand.class, RestartCommand::new),
            new Entry(TransferCommand.class, TransferCommand::new),
            new Entry(WipeCommand.class, WipeCommand::new),
            new Entry(RmCommand.class, RmCommand::new),
            new Entry(CheckCommand.class, CheckCommand::new),
            new Entry(SimulateCommand.class, SimulateCommand::new),
            new Entry(BenchCommand.class, session -> new BenchCommand()),
            new Entry(AlgorithmsCommand.class, AlgorithmsCommand::new),
            new Entry(NodeCommand.class, NodeCommand::new),
            new Entry(CoordinatorCommand.class, CoordinatorCommand::new),
            new Entry(DemoCommand.class, DemoCommand::new),
            new Entry(CompletionCommand.class, CompletionCommand::new),
            new Entry(VersionCommand.class, VersionCommand::new),
            new Entry(TrainCommand.class, TrainCommand::new));

    private static final List<Entry> KV = List.of(
            new Entry(KvGet.class, KvGet::new),
            new Entry(KvPut.class, KvPut::new),
            new Entry(KvCas.class, KvCas::new),
            new Entry(KvDel.class, KvDel::new),
            new Entry(KvIncr.class, KvIncr::new),
            new Entry(KvAppend.class, KvAppend::new),
            new Entry(KvList.class, KvList::new),
            new Entry(KvSession.class, KvSession::new));

    private static final List<Entry> TXN = List.of(
            new Entry(TxnExec.class, TxnExec::new),
            new Entry(TxnInDoubt.class, TxnInDoubt::new),
            new Entry(TxnResolve.class, TxnResolve::new));

    private static final List<Entry> BENCH = List.of(
            new Entry(BenchStaleness.class, BenchStaleness::new),
            new Entry(BenchTransactions.class, BenchTransactions::new),
            new Entry(BenchFailover.class, BenchFailover::new),
            new Entry(BenchCrashes.class, BenchCrashes::new),
            new Entry(BenchBlocking.class, BenchBlocking::new));

    /** The commands of those that are groups. */
    private static final Map<Class<?>, List<Entry>> GROUPS =
            Map.of(KvCommand.class, KV, TxnCommand.class, TXN, BenchCommand.class, BENCH);

    private Commands() {}

    /** A command's class, whose annotation names and describes it, and how one is made. */
    private record Entry(Class<?> type, Function<Session, Object> make) {
        Command annotation() {
            var annotation = type.getAnnotation(Command.class);
            if (annotation == null) {
                throw new IllegalStateException(type + " is no command");
            }
            return annotation;
        }

        boolean isNamed(String word) {
            return annotation().name().equals(word);
        }

        CommandLine whole(Session session) {
            var line = new CommandLine(make.apply(session));
            GROUPS.getOrDefault(type, List.of()).forEach(entry -> line.addSubcommand(entry.whole(session)));
            return line;
        }

        CommandLine nameOnly() {
            var spec = CommandSpec.create().name(annotation().name());
            spec.usageMessage()
                    .description(annotation().description())
                    .hidden(annotation().hidden());
            return new CommandLine(spec);
        }
    }

    /** The names of all that are meant for people, in the order of help. */
    public static List<String> names() {
        return ALL.stream()
                .map(Entry::annotation)
                .filter(command -> !command.hidden())
                .map(Command::name)
                .toList();
    }

    /** Adds all of them, whole. */
    public static void addAll(CommandLine root, Session session) {
        ALL.forEach(entry -> root.addSubcommand(entry.whole(session)));
    }

    /** Adds the one that the arguments name; if they name none, the names of all. */
    public static void addFor(List<String> arguments, CommandLine root, Session session) {
        var named = first(arguments)
                .flatMap(word ->
                        ALL.stream().filter(entry -> entry.isNamed(word)).findFirst());
        if (named.isPresent()) {
            root.addSubcommand(named.get().whole(session));
        } else {
            ALL.forEach(entry -> root.addSubcommand(entry.nameOnly()));
        }
    }

    private static Optional<String> first(List<String> arguments) {
        return arguments.stream().filter(word -> !word.startsWith("-")).findFirst();
    }
}
