package dcluster.lab.simulation;

import dcluster.lab.simulation.Report.Broken;
import dcluster.lab.simulation.Report.Coverage;
import dcluster.lab.simulation.Report.Met;
import dcluster.lab.simulation.Report.Volume;
import dcluster.simulation.Ledger;
import dcluster.simulation.Tally;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Adds up the outcomes of a campaign, which come from several threads in any order. Safe for use by any thread. */
final class Totals {
    private final Subject subject;
    private final Scenario scenario;
    private final Tally times = new Tally();
    private final Tally seedsWith = new Tally();
    private final Tally faults = new Tally();
    private final Tally seedsWithFault = new Tally();
    private final Set<Long> states = new HashSet<>();
    private final TreeMap<Long, String> voids = new TreeMap<>();
    private final TreeSet<Long> undecided = new TreeSet<>();
    private Optional<Broken> broken = Optional.empty();
    private Volume volume = new Volume(0, 0, 0, 0, 0, 0);

    Totals(Subject subject, Scenario scenario) {
        this.subject = subject;
        this.scenario = scenario;
    }

    /** One more seed. */
    synchronized void add(Outcome outcome) {
        var findings = outcome.findings();
        times.add(findings.tally());
        findings.tally().counts().keySet().forEach(seedsWith::meet);
        addFaults(findings.ledger());
        states.addAll(findings.states());
        volume = new Volume(
                volume.seeds() + 1,
                volume.events() + findings.events(),
                volume.turns() + findings.turns(),
                volume.nanos() + findings.nanos(),
                volume.operations() + findings.operations(),
                states.size());
        if (outcome.violation().isPresent()) {
            var violation = outcome.violation().get();
            keepLowest(new Broken(findings.seed(), violation.property(), violation.what()));
            return;
        }
        scenario.demands().lacking(findings).ifPresent(why -> voids.put(findings.seed(), why));
        if (!findings.isDecided()) {
            undecided.add(findings.seed());
        }
    }

    private void addFaults(Ledger ledger) {
        var kinds = ledger.entries().stream()
                .filter(Demands::isDrawn)
                .filter(Ledger.Entry::isConfirmed)
                .map(entry -> entry.fault().kind())
                .toList();
        kinds.forEach(faults::meet);
        kinds.stream().distinct().forEach(seedsWithFault::meet);
    }

    private void keepLowest(Broken found) {
        if (broken.isEmpty() || found.seed() < broken.get().seed()) {
            broken = Optional.of(found);
        }
    }

    /** How many seeds were added. */
    synchronized long seeds() {
        return volume.seeds();
    }

    /** All that was added so far. */
    synchronized Report report() {
        var coverage =
                new Coverage(met(events(), seedsWith, times), met(scenario.faults(subject), seedsWithFault, faults));
        return new Report(volume, coverage, new TreeMap<>(voids), new TreeSet<>(undecided), broken);
    }

    /** Of what somebody wrote down nobody expects that it brings about everything: there it is what has happened. */
    private Collection<String> events() {
        var all = Sometimes.events(subject);
        return scenario.isUsual()
                ? all
                : all.stream().filter(event -> times.count(event) > 0).toList();
    }

    private static List<Met> met(Collection<String> expected, Tally seeds, Tally times) {
        return expected.stream()
                .map(what -> new Met(what, seeds.count(what), times.count(what)))
                .toList();
    }
}
