package dcluster.app.command;

import picocli.CommandLine;

/** All commands, in the order in which help lists them. */
public final class Commands {
    private Commands() {}

    /** Adds them to the command line; they run in that session. */
    public static void addTo(CommandLine root, Session session) {
        root.addSubcommand(new StartCommand(session))
                .addSubcommand(new StopCommand(session))
                .addSubcommand(new PsCommand(session))
                .addSubcommand(new StatusCommand(session))
                .addSubcommand(new LogsCommand(session))
                .addSubcommand(kv(session))
                .addSubcommand(new KillCommand(session))
                .addSubcommand(new RestartCommand(session))
                .addSubcommand(new RmCommand(session))
                .addSubcommand(new AlgorithmsCommand(session))
                .addSubcommand(new VersionCommand(session))
                .addSubcommand(new CompletionCommand(session));
    }

    private static CommandLine kv(Session session) {
        return new CommandLine(new KvCommand())
                .addSubcommand(new KvGet(session))
                .addSubcommand(new KvPut(session))
                .addSubcommand(new KvCas(session))
                .addSubcommand(new KvDel(session))
                .addSubcommand(new KvIncr(session))
                .addSubcommand(new KvAppend(session))
                .addSubcommand(new KvList(session));
    }
}
