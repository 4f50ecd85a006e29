package dcluster.runtime.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;

/** The unfinished commands of one connection on one key; {@link KeyOrder} tells the rules. */
final class KeyLine {
    private final boolean writesAreOrdered;
    private int submittedReads;
    private int submittedWrites;
    private int waitingWrites;
    private final Deque<Ticket> waiting = new ArrayDeque<>(1);

    KeyLine(boolean writesAreOrdered) {
        this.writesAreOrdered = writesAreOrdered;
    }

    boolean isEmpty() {
        return submittedReads == 0 && submittedWrites == 0 && waiting.isEmpty();
    }

    /** Whether a command that came now would pass. */
    boolean admits(boolean reads) {
        return reads ? submittedWrites == 0 && waitingWrites == 0 : waiting.isEmpty() && admitsFirstWrite();
    }

    /** A command begins to wait, be it that this line would let it pass and another does not. */
    void join(Task task) {
        waiting.add(new Ticket(task, admits(task.reads())));
        waitingWrites += task.reads() ? 0 : 1;
    }

    /** A command that waited does so no more: mostly the one at the head. */
    void quit(Task task) {
        var head = waiting.element();
        if (head.task == task) {
            waiting.remove();
        } else {
            waiting.removeIf(ticket -> ticket.task == task);
        }
        waitingWrites -= task.reads() ? 0 : 1;
    }

    /** A command is submitted. */
    void enter(boolean reads) {
        submittedReads += reads ? 1 : 0;
        submittedWrites += reads ? 0 : 1;
    }

    /** A submitted command was answered. */
    void leave(boolean reads) {
        submittedReads -= reads ? 1 : 0;
        submittedWrites -= reads ? 0 : 1;
    }

    /**
     * Lets pass whoever may: the reads at the head, or the write at the head. Adds those that may go now to {@code
     * free}.
     */
    void advance(Queue<Task> free) {
        var head = waiting.peek();
        if (head == null) {
            return;
        }
        if (!head.task.reads()) {
            if (admitsFirstWrite()) {
                head.pass(free);
            }
        } else if (submittedWrites == 0) {
            passReads(free);
        }
    }

    private void passReads(Queue<Task> free) {
        for (var ticket : waiting) {
            if (!ticket.task.reads()) {
                return;
            }
            ticket.pass(free);
        }
    }

    private boolean admitsFirstWrite() {
        return submittedReads == 0 && (submittedWrites == 0 || writesAreOrdered);
    }

    private static final class Ticket {
        private final Task task;
        private boolean passed;

        private Ticket(Task task, boolean passed) {
            this.task = task;
            this.passed = passed;
        }

        private void pass(Queue<Task> free) {
            if (!passed) {
                passed = true;
                if (task.pass()) {
                    free.add(task);
                }
            }
        }
    }
}
