package dcluster.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "train", hidden = true, description = "x")
final class TrainCommand implements Callable<Integer> {
    TrainCommand(Session session) {}

    @Override
    public Integer call() {
        return 0;
    }
}
