package dcluster.runtime.admin;

import dcluster.host.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Named figures of a node, for a Prometheus server to scrape. Whoever counts keeps plain fields and registers how to
 * read them; nothing is paid until somebody asks.
 *
 * <p>Belongs to the node's loop: registered there and read there; the {@link Reading} may go to any thread. Names
 * follow Prometheus' rules, and counters end in {@code _total}; a figure that is kept several times over has labels,
 * given as name and value by turns.
 */
public final class Metrics {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final List<Runnable> preparations = new ArrayList<>();

    /** All samples of one name: they share type and help, and stand together. */
    private record Family(String name, String type, String help, Map<String, DoubleSupplier> samples) {
        Family(String name, String type, String help) {
            this(name, type, help, new LinkedHashMap<>());
        }

        void add(String sample, DoubleSupplier value) {
            if (samples.putIfAbsent(sample, value) != null) {
                throw new IllegalArgumentException("registered twice: " + sample);
            }
        }
    }

    /** Has a task run before each reading; it may register what is new. */
    public void beforeEachReading(Runnable task) {
        preparations.add(task);
    }

    /**
     * A number that only grows while the process lives.
     *
     * @throws IllegalArgumentException if a name breaks the rules, or the figure is there already
     */
    public void counter(String name, String help, LongSupplier value, String... labels) {
        if (!name.endsWith("_total")) {
            throw new IllegalArgumentException("a counter's name ends in _total: " + name);
        }
        family(name, "counter", help).add(name + labelled(labels), value::getAsLong);
    }

    /**
     * A number that goes up and down.
     *
     * @throws IllegalArgumentException if a name breaks the rules, or the figure is there already
     */
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        family(name, "gauge", help).add(name + labelled(labels), value);
    }

    /**
     * How many of something there were, and how much they were together.
     *
     * @throws IllegalArgumentException if a name breaks the rules, or the figure is there already
     */
    public void summary(String name, String help, DoubleSupplier sum, LongSupplier count) {
        var family = family(name, "summary", help);
        family.add(name + "_sum", sum);
        family.add(name + "_count", count::getAsLong);
    }

    /**
     * How many there were of each size.
     *
     * @param perUnit how many of what the distribution holds make one of the unit that the name tells
     * @throws IllegalArgumentException if a name breaks the rules, or the figure is there already
     */
    public void histogram(String name, String help, Distribution values, double perUnit, String... labels) {
        var family = family(name, "histogram", help);
        for (int i = 0; i <= values.boundCount(); i++) {
            int range = i;
            var bound = i == values.boundCount() ? "+Inf" : number(values.bound(i) / perUnit);
            family.add(name + "_bucket" + labelled(with(labels, "le", bound)), () -> values.countUpTo(range));
        }
        family.add(name + "_sum" + labelled(labels), () -> values.sum() / perUnit);
        family.add(name + "_count" + labelled(labels), () -> values.countUpTo(values.boundCount()));
    }

    private static String[] with(String[] labels, String name, String value) {
        var all = Arrays.copyOf(labels, labels.length + 2);
        all[labels.length] = name;
        all[labels.length + 1] = value;
        return all;
    }

    private Family family(String name, String type, String help) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name for a metric: " + name);
        }
        var family = families.computeIfAbsent(name, absent -> new Family(name, type, help));
        if (!family.type.equals(type) || !family.help.equals(help)) {
            throw new IllegalArgumentException("one metric with two types or helps: " + name);
        }
        return family;
    }

    private static String labelled(String... labels) {
        if (labels.length % 2 != 0) {
            throw new IllegalArgumentException("labels are name and value by turns: " + String.join(",", labels));
        }
        var pairs = new ArrayList<String>();
        for (int i = 0; i < labels.length; i += 2) {
            if (!LABEL.matcher(labels[i]).matches()) {
                throw new IllegalArgumentException("no name for a label: " + labels[i]);
            }
            pairs.add(labels[i] + "=\"" + escaped(labels[i + 1]).replace("\"", "\\\"") + '"');
        }
        return pairs.isEmpty() ? "" : "{" + String.join(",", pairs) + "}";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
        return whole ? String.format(Locale.ROOT, "%d", (long) value) : Double.toString(value);
    }

    /** All figures as they are now. */
    public Reading read() {
        preparations.forEach(Runnable::run);
        var taken = new ArrayList<Taken>();
        families.values().forEach(family -> taken.add(Taken.of(family)));
        return new Reading(taken);
    }

    /** The figures of one moment. */
    public static final class Reading {
        private final List<Taken> families;

        private Reading(List<Taken> families) {
            this.families = families;
        }

        /** In Prometheus' text format, version 0.0.4. */
        public String text() {
            var text = new StringBuilder();
            families.forEach(family -> family.appendTo(text));
            return text.toString();
        }
    }

    /** A family's samples and their values. */
    private record Taken(String name, String type, String help, Map<String, Double> samples) {
        static Taken of(Family family) {
            var samples = new LinkedHashMap<String, Double>();
            family.samples.forEach((sample, value) -> samples.put(sample, value.getAsDouble()));
            return new Taken(family.name, family.type, family.help, samples);
        }

        void appendTo(StringBuilder text) {
            text.append("# HELP ")
                    .append(name)
                    .append(' ')
                    .append(escaped(help))
                    .append('\n');
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
            samples.forEach((sample, value) ->
                    text.append(sample).append(' ').append(number(value)).append('\n'));
        }
    }
}
