package dcluster.app.command;

import dcluster.app.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
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
        bash,
        zsh
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var script = AutoComplete.bash("dcluster", spec.root().commandLine());
        session.out().print(shell == Shell.zsh ? "autoload -U +X bashcompinit && bashcompinit\n" + script : script);
        session.out().flush();
        return Exit.OK;
    }
}
