package dcluster.checker.verdict;

import dcluster.checker.history.Function;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.history.Siblings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a history is probably to be checked for, by the functions that it has.
 *
 * @param check empty if there is none, or if several could be meant
 * @param why the functions that say so, or what cannot be told apart
 */
public record Guess(Optional<Check> check, String why) {
    /** Guesses. */
    public static Guess of(History history) {
        var functions = EnumSet.noneOf(Function.class);
        history.operations().forEach(operation -> functions.add(operation.function()));
        if (functions.isEmpty()) {
            return new Guess(Optional.of(Check.REGISTER), "there are no operations");
        }
        if (functions.equals(EnumSet.of(Function.TXN))) {
            return transactions(history);
        }
        if (history.operations().stream().anyMatch(operation -> operation.output() instanceof Siblings)) {
            return new Guess(Optional.of(Check.REGULAR), "it has reads that saw siblings");
        }
        var could = new ArrayList<Check>();
        addIf(could, Check.REGISTER, functions, Function.READ, Function.WRITE, Function.CAS, Function.APPEND);
        addIf(could, Check.COUNTER, functions, Function.ADD, Function.READ);
        addIf(could, Check.SET, functions, Function.ADD, Function.REMOVE, Function.READ);
        addIf(could, Check.QUEUE, functions, Function.ENQUEUE, Function.DEQUEUE);
        addIf(could, Check.LIST, functions, Function.PUSH, Function.READ);
        return among(could, words(functions), history);
    }

    private static void addIf(
            List<Check> could, Check check, Set<Function> functions, Function first, Function... rest) {
        if (EnumSet.of(first, rest).containsAll(functions)) {
            could.add(check);
        }
    }

    /** Reads that gave lists are of sets, or lists; others are not. */
    private static Guess among(List<Check> could, String functions, History history) {
        if (could.size() > 1) {
            boolean isList = history.operations().stream().anyMatch(operation -> operation.output() instanceof List);
            boolean isOther = history.operations().stream().anyMatch(Guess::isSingleRead);
            could.removeIf(check -> (check == Check.SET || check == Check.LIST) && isOther);
            could.removeIf(check -> check == Check.COUNTER && isList);
        }
        if (could.size() == 1) {
            return new Guess(Optional.of(could.get(0)), "it has " + functions);
        }
        var which = could.stream().map(Check::word).collect(Collectors.joining(", "));
        return new Guess(
                Optional.empty(),
                could.isEmpty()
                        ? "no check is for a history with " + functions
                        : "a history with " + functions + " may be one of " + which);
    }

    private static boolean isSingleRead(Operation operation) {
        return operation.function() == Function.READ
                && operation.isOk()
                && operation.output() != null
                && !(operation.output() instanceof List);
    }

    private static Guess transactions(History history) {
        var steps = new TreeSet<String>();
        history.operations().forEach(operation -> addSteps(operation.input(), steps));
        steps.remove("r");
        if (steps.equals(Set.of("append"))) {
            return new Guess(Optional.of(Check.TXN_LIST_APPEND), "its transactions append");
        }
        if (steps.equals(Set.of("w"))) {
            return new Guess(Optional.of(Check.TXN_RW_REGISTER), "its transactions write");
        }
        return new Guess(
                Optional.empty(),
                steps.isEmpty()
                        ? "a history whose transactions only read may be one of txn-list-append, txn-rw-register"
                        : "no check is for transactions with the steps " + Texts.cut(String.join(", ", steps)));
    }

    private static void addSteps(@Nullable Object value, Set<String> to) {
        if (value instanceof List<?> steps) {
            steps.stream()
                    .filter(step -> step instanceof List<?> parts && !parts.isEmpty())
                    .forEach(step -> to.add(String.valueOf(((List<?>) step).get(0))));
        }
    }

    private static String words(Set<Function> functions) {
        return functions.stream().map(Function::word).collect(Collectors.joining(", "));
    }
}
