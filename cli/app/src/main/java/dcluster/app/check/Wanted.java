package dcluster.app.check;

import dcluster.checker.linear.Budget;
import dcluster.checker.transaction.Level;
import dcluster.checker.verdict.Check;
import dcluster.checker.verdict.Demands;
import dcluster.checker.verdict.Terms;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param check what to check for; empty to guess it
 * @param bank empty if the command line says nothing of one
 * @param demands what is demanded where a model alone does not say
 * @param timeout of each history, reading included
 * @param bytes what a search may remember
 * @param page empty if nothing is to be drawn
 */
public record Wanted(
        Optional<Check> check,
        Level isolation,
        Optional<Terms.Bank> bank,
        Demands demands,
        Duration timeout,
        long bytes,
        Optional<PageFile> page) {
    Terms terms(Watch watch, Check what) {
        return new Terms(
                new Budget(watch.left(), bytes),
                isolation,
                bank.orElse(new Terms.Bank(Set.of(), 0)),
                demands,
                (since, stage) -> watch.judging(what.word(), since, stage));
    }
}
