package dcluster.app.command;

import dcluster.app.terminal.Exit;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = {
            "Print a script that completes commands and options.",
            "In your shell: source <(dcluster completion bash)"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Session session;

    /** The shells that are known; one script serves both. */
    enum Shell {
        BASH,
        ZSH;

        /** As the command line spells it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @SuppressWarnings("unused") // only checked: the script asks by itself which of them runs it
    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var whole = new CommandLine(CommandSpec.forAnnotatedObject(spec.root().userObject()));
        Commands.addAll(whole, session);
        session.out().println("# Completes dcluster in bash and zsh: source <(dcluster completion bash)");
        session.out().print(code(AutoComplete.bash("dcluster", whole)));
        session.out().flush();
        return Exit.OK;
    }

    /** The generated script without the comments around its code, which tell how scripts in general are installed. */
    private static String code(String script) {
        return script.lines().filter(line -> !line.strip().startsWith("#")).collect(Collectors.joining("\n", "", "\n"));
    }
}
