package dcluster.lab.simulation;

import dcluster.simulation.Answer;
import dcluster.simulation.Violation;
import dcluster.spi.Command;
import dcluster.spi.NodeId;
import dcluster.spi.Response;
import dcluster.spi.Result;

/**
 * One question of a client on its way: asked once, or in a session as often as it takes to learn its outcome, and then
 * given up. A history has it once, from the first attempt to the answer of any.
 */
final class Call {
    /** Of one question, in a session. */
    static final int MOST_ATTEMPTS = 6;

    private static final long PAUSE_NANOS = 50_000_000;

    private final Client client;
    private final Asked asked;
    private final Question question;
    private final Command command;
    private int operation;
    private int attempts;
    private boolean waitsForLatest;

    // Whether an attempt may have taken effect, or yet may.
    private boolean uncertain;
    private boolean over;

    Call(Client client, Asked asked, Question question, Command command) {
        this.client = client;
        this.asked = asked;
        this.question = question;
        this.command = command;
    }

    void begin(NodeId node) {
        operation = client.recorder().invoke(client.process(), question.ask(), node.name(), now());
        attempt(node);
    }

    private long now() {
        return client.simulation().now();
    }

    private void attempt(NodeId node) {
        int attempt = ++attempts;
        waitsForLatest = true;
        client.simulation().submit(node, command, answer -> answered(attempt, answer));
        client.simulation().after(client.patienceNanos(), () -> timeIsUp(attempt));
    }

    private void timeIsUp(int attempt) {
        if (!over && attempt == attempts && waitsForLatest) {
            uncertain |= !question.isRead();
            goOn();
        }
    }

    private void answered(int attempt, Answer answer) {
        if (over) {
            return;
        }
        if (answer instanceof Answer.Responded responded && responded.response() instanceof Response.Ok ok) {
            found(ok.result());
        } else if (isFailure(answer)) {
            failed();
        } else {
            uncertain |= !wasRefused(answer) && !question.isRead();
            if (attempt == attempts && waitsForLatest) {
                goOn();
            }
        }
    }

    /** Whether it tells what became of the question, not of an attempt alone. */
    private static boolean isFailure(Answer answer) {
        return answer instanceof Answer.Responded responded
                && responded.response() instanceof Response.Failed failed
                && switch (failed.reason()) {
                    case WRONG_TYPE, NOT_A_NUMBER, OUT_OF_RANGE, UNSUPPORTED -> true;
                    case UNAVAILABLE, OVERLOADED, ABORTED -> false;
                };
    }

    /** Whether the attempt certainly did nothing. */
    private boolean wasRefused(Answer answer) {
        if (answer instanceof Answer.Responded responded) {
            tell(responded.response());
            return !(responded.response() instanceof Response.Unknown);
        }
        return answer instanceof Answer.Refused;
    }

    private void tell(Response response) {
        if (response instanceof Response.Failed failed && failed.reason() == Response.Reason.ABORTED) {
            meet(Sometimes.ABORTED);
        } else if (response instanceof Response.Unknown unknown
                && unknown.message().startsWith("the session has expired")) {
            meet(Sometimes.EXPIRED);
        }
    }

    private void meet(String event) {
        client.simulation().tally().meet(event);
    }

    /** The latest attempt came to nothing that is known. */
    private void goOn() {
        waitsForLatest = false;
        if (client.isInSession() && attempts < MOST_ATTEMPTS) {
            client.simulation().after(PAUSE_NANOS, this::again);
        } else if (uncertain) {
            over = true;
            client.gaveUp(asked);
        } else {
            failed();
        }
    }

    /** Unless an earlier attempt was answered meanwhile. */
    private void again() {
        if (!over) {
            attempt(client.nodeFor(asked, attempts));
        }
    }

    private void failed() {
        over = true;
        client.recorder().fail(operation, now());
        client.failed(asked);
    }

    private void found(Result result) {
        over = true;
        if (question.isAborted(result)) {
            client.recorder().fail(operation, now());
        } else {
            client.recorder().ok(operation, question.output(result), Question.applied(result), now());
            client.recorder().counted(operation, question.counts(result));
        }
        client.learned(question, result);
        question.event(result).ifPresent(this::meet);
        if (uncertain) {
            meet(Sometimes.ASKED_AGAIN);
        }
        if (!question.isRead() && client.repeats(asked)) {
            repeat(result);
        }
    }

    private void repeat(Result result) {
        client.simulation().submit(client.nodeFor(asked, attempts), command, answer -> {
            if (answer instanceof Answer.Responded responded) {
                requireSame(result, responded.response());
            }
        });
    }

    /** What the session remembers is what it answered, as long as it remembers anything. */
    private void requireSame(Result result, Response again) {
        boolean differs = again instanceof Response.Ok ok && !ok.result().equals(result);
        boolean denies = again instanceof Response.Failed failed && failed.reason() == Response.Reason.UNSUPPORTED;
        if (differs || denies) {
            throw new Violation(
                    "Sessions",
                    "\"" + question.ask() + "\" was answered with " + result + ", and asked again in its session with "
                            + again);
        }
    }
}
