package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the commands of one connection that share a key take effect in order: a command waits until all earlier ones
 * that it conflicts with are answered. Two conflict if they share a key and one of them writes; where the node orders
 * writes, a write follows an earlier one as soon as that was submitted. All others go at once.
 *
 * <p>Each key has a line. A command stands in the lines of all its keys from the moment it comes, so there is no circle
 * of commands that wait for one another. It is submitted once each of its lines lets it pass, which a line does while
 * it holds:
 *
 * <pre>
 *                 submitted commands            waiting commands ahead of it
 * for a read      no write                      no write
 * for a write     no read, and no write         none
 *                 unless writes are ordered
 * </pre>
 *
 * A line that let a command pass never holds it up again. While one command is alone, there are no lines at all.
 */
final class KeyOrder {
    private final boolean writesAreOrdered;
    private final Consumer<Task> submit;

    private int unfinished;
    private long waitingBytes;
    private @Nullable Task alone;
    private @Nullable Map<Bytes, KeyLine> lines;

    // Those that may go; submitted by one loop, as a submission may be answered before it returns.
    private final Queue<Task> free = new ArrayDeque<>(1);
    private boolean submitting;

    KeyOrder(boolean writesAreOrdered, Consumer<Task> submit) {
        this.writesAreOrdered = writesAreOrdered;
        this.submit = submit;
    }

    /** The bytes of the requests whose commands wait. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Whether a command that came now would have to wait. */
    boolean wouldWait(Command command) {
        if (unfinished == 0) {
            return false;
        }
        var table = table();
        return Task.distinct(command.keys()).stream().anyMatch(key -> {
            var line = table.get(key);
            return line != null && !line.admits(command.isRead());
        });
    }

    /** Takes a command, and submits it now or as soon as it may go. */
    void add(Task task) {
        unfinished++;
        if (unfinished == 1) {
            alone = task;
            submit.accept(task);
            return;
        }
        var table = table();
        for (var key : task.findKeys()) {
            if (!table.computeIfAbsent(key, k -> new KeyLine(writesAreOrdered)).admits(task.reads())) {
                task.obstruct();
            }
        }
        if (task.mayGo()) {
            enter(table, task);
            submit.accept(task);
        } else {
            waitingBytes += task.bytes();
            task.keys().forEach(key -> line(table, key).join(task));
        }
    }

    /** A command was answered: those that waited for it alone go now. */
    void finished(Task task) {
        unfinished--;
        if (lines == null || unfinished == 0) {
            alone = null;
            lines = null;
            return;
        }
        for (var key : task.keys()) {
            var line = line(lines, key);
            line.leave(task.reads());
            line.advance(free);
            if (line.isEmpty()) {
                lines.remove(key);
            }
        }
        submitFree();
    }

    /** The connection is gone: what waits is never submitted. */
    void close() {
        waitingBytes = 0;
        lines = null;
        alone = null;
        free.clear();
    }

    private void submitFree() {
        if (submitting) {
            return;
        }
        submitting = true;
        for (var task = free.poll(); task != null; task = free.poll()) {
            waitingBytes -= task.bytes();
            goOn(table(), task);
            submit.accept(task);
        }
        submitting = false;
    }

    /** From waiting to submitted, in all its lines; where writes are ordered, one behind it may be free by that. */
    private void goOn(Map<Bytes, KeyLine> table, Task task) {
        for (var key : task.keys()) {
            var line = line(table, key);
            line.quit(task);
            line.enter(task.reads());
            line.advance(free);
        }
    }

    private static void enter(Map<Bytes, KeyLine> table, Task task) {
        task.keys().forEach(key -> line(table, key).enter(task.reads()));
    }

    private Map<Bytes, KeyLine> table() {
        if (lines == null) {
            lines = new HashMap<>();
            if (alone != null) {
                alone.findKeys().forEach(key -> table().put(key, new KeyLine(writesAreOrdered)));
                enter(lines, alone);
                alone = null;
            }
        }
        return lines;
    }

    private static KeyLine line(Map<Bytes, KeyLine> table, Bytes key) {
        var line = table.get(key);
        if (line == null) {
            throw new IllegalStateException("a command stands in no line: key=" + key);
        }
        return line;
    }
}
