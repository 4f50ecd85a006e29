package dcluster.runtime.gateway;

import dcluster.host.CommandSink;
import dcluster.spi.Command;
import dcluster.spi.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node that answers when the test says so, and has room while the test lets it. */
final class ManualSink implements CommandSink {
    /** A command that was submitted and not answered. */
    record Submission(Command command, Consumer<Response> whenAnswered) {}

    private final boolean ordersWrites;
    private final List<Submission> unanswered = new ArrayList<>();
    private final List<Command> submitted = new ArrayList<>();
    private final List<Runnable> waitingForRoom = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private @Nullable Response atOnce;

    ManualSink(boolean ordersWrites) {
        this.ordersWrites = ordersWrites;
    }

    /** All commands that were ever submitted, in their order. */
    List<Command> submitted() {
        return submitted;
    }

    List<Submission> unanswered() {
        return unanswered;
    }

    /** Answers one of the unanswered. */
    void answer(int index, Response response) {
        unanswered.remove(index).whenAnswered().accept(response);
    }

    /** Answers all that is unanswered, and from now on whatever comes at once. */
    void answerAtOnce(Response response) {
        atOnce = response;
        while (!unanswered.isEmpty()) {
            answer(0, response);
        }
    }

    /** From now on there is room for so many more commands. */
    void limitTo(int commands) {
        room = commands;
        if (room > 0) {
            wake();
        }
    }

    /** Calls those who wait for room, as if there were some; another may have taken it since. */
    void wake() {
        var tasks = List.copyOf(waitingForRoom);
        waitingForRoom.clear();
        tasks.forEach(Runnable::run);
    }

    @Override
    public void submit(Command command, Consumer<Response> whenAnswered) {
        room--;
        submitted.add(command);
        if (atOnce == null) {
            unanswered.add(new Submission(command, whenAnswered));
        } else {
            whenAnswered.accept(atOnce);
        }
    }

    @Override
    public boolean hasRoom() {
        return room > 0;
    }

    @Override
    public void whenRoom(Runnable task) {
        waitingForRoom.add(task);
    }

    @Override
    public boolean ordersWrites() {
        return ordersWrites;
    }
}
