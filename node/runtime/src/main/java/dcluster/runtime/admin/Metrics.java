package dcluster.runtime.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Named figures of a node, for a Prometheus server to scrape. Whoever counts keeps plain fields and registers how to
 * read them; nothing is paid until somebody asks.
 *
 * <p>Belongs to the node's loop: registered there before the first {@link #read}, read there; the {@link Reading} may
 * go to any thread. Names follow Prometheus' rules, and counters end in {@code _total}; a figure that is kept several
 * times over has labels, given as name and value by turns.
 */
public final class Metrics {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private boolean read;

    /** All samples of one name: they share type and help, and stand together. */
    private record Family(String type, String help, Map<String, DoubleSupplier> samples) {}

    /**
     * A number that only grows while the process lives.
     *
     * @throws IllegalArgumentException if a name breaks the rules, or the figure is there already
     */
    public void counter(String name, String help, LongSupplier value, String... labels) {
        if (!name.endsWith("_total")) {
            throw new IllegalArgumentException("a counter's name ends in _total: " + name);
        }
        add(name, new Family("counter", help, new LinkedHashMap<>()), value::getAsLong, labels);
    }

    /**
     * A number that goes up and down.
     *
     * @throws IllegalArgumentException if a name breaks the rules, or the figure is there already
     */
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        add(name, new Family("gauge", help, new LinkedHashMap<>()), value, labels);
    }

    private void add(String name, Family fresh, DoubleSupplier value, String... labels) {
        if (read) {
            throw new IllegalStateException("registered after the first reading: " + name);
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name for a metric: " + name);
        }
        var family = families.computeIfAbsent(name, absent -> fresh);
        if (!family.type.equals(fresh.type) || !family.help.equals(fresh.help)) {
            throw new IllegalArgumentException("one metric with two types or helps: " + name);
        }
        if (family.samples.putIfAbsent(name + labelled(labels), value) != null) {
            throw new IllegalArgumentException("registered twice: " + name + labelled(labels));
        }
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

    /** All figures as they are now. */
    public Reading read() {
        read = true;
        var values = new double
                [families.values().stream()
                        .mapToInt(family -> family.samples.size())
                        .sum()];
        int i = 0;
        for (var family : families.values()) {
            for (var sample : family.samples.values()) {
                values[i++] = sample.getAsDouble();
            }
        }
        return new Reading(families, values);
    }

    /** The figures of one moment. */
    public static final class Reading {
        private final Map<String, Family> families;
        private final double[] values;

        private Reading(Map<String, Family> families, double[] values) {
            this.families = families;
            this.values = values;
        }

        /** In Prometheus' text format, version 0.0.4. */
        public String text() {
            var text = new StringBuilder();
            int i = 0;
            for (var family : families.entrySet()) {
                var of = family.getValue();
                text.append("# HELP ")
                        .append(family.getKey())
                        .append(' ')
                        .append(escaped(of.help))
                        .append('\n');
                text.append("# TYPE ")
                        .append(family.getKey())
                        .append(' ')
                        .append(of.type)
                        .append('\n');
                for (var sample : of.samples.keySet()) {
                    text.append(sample).append(' ').append(number(values[i++])).append('\n');
                }
            }
            return text.toString();
        }

        private static String number(double value) {
            if (Double.isInfinite(value)) {
                return value > 0 ? "+Inf" : "-Inf";
            }
            boolean whole = value == Math.rint(value) && Math.abs(value) < 1L << 53;
            return whole ? String.format(Locale.ROOT, "%d", (long) value) : Double.toString(value);
        }
    }
}
