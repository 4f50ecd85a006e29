package dcluster.toolkit;

/**
 * Numbers from 1 in a row, each once, that grows at its end and loses any of them in about the time of a look-up;
 * immutable, and as cheap to keep as a {@link PersistentMap}. A table that is to forget what was used longest ago keeps
 * the order here: a queue of all uses would hold a number once for each of them.
 *
 * <pre>
 *   first                     last
 *    [5] &lt;---&gt; [2] &lt;---&gt; [9] &lt;---&gt; [4]      each knows its neighbours by their numbers; 0 is none
 * </pre>
 */
final class Chain {
    static final Chain EMPTY = new Chain(PersistentMap.empty(), 0, 0);

    private record Link(long before, long after) {}

    private final PersistentMap<Long, Link> links;
    private final long first;
    private final long last;

    private Chain(PersistentMap<Long, Link> links, long first, long last) {
        this.links = links;
        this.first = first;
        this.last = last;
    }

    int size() {
        return links.size();
    }

    /** The number that was put at the end longest ago; 0 if there is none. */
    long first() {
        return first;
    }

    /** The number at the end; 0 if there is none. */
    long last() {
        return last;
    }

    /** The number behind one that is there; 0 behind the last. */
    long after(long number) {
        return link(number).after;
    }

    /** The same with a number at the end, wherever it stood before. */
    Chain toEnd(long number) {
        if (number == last) {
            return this;
        }
        return links.get(number) == null ? plus(number) : without(number).plus(number);
    }

    /** The same without a number that is there. */
    Chain without(long number) {
        var gone = link(number);
        var rest = links.remove(number);
        if (gone.before != 0) {
            rest = rest.put(gone.before, new Link(link(gone.before).before, gone.after));
        }
        if (gone.after != 0) {
            rest = rest.put(gone.after, new Link(gone.before, link(gone.after).after));
        }
        return new Chain(rest, number == first ? gone.after : first, number == last ? gone.before : last);
    }

    private Chain plus(long number) {
        var grown = links;
        if (last != 0) {
            grown = grown.put(last, new Link(link(last).before, number));
        }
        return new Chain(grown.put(number, new Link(last, 0)), first == 0 ? number : first, number);
    }

    private Link link(long number) {
        var link = links.get(number);
        if (link == null) {
            throw new IllegalArgumentException("not in the chain: " + number);
        }
        return link;
    }
}
