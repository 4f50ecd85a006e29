package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Result;
import java.util.List;

/** How a result becomes a reply; which one is a matter of the RESP command, not of the result alone. */
enum Shape implements Rendering {
    /** A text, or nothing; where there are several, an error that says so, for none of them is the value: GET. */
    VALUE {
        @Override
        public void write(Result result, RespWriter to) {
            if (result instanceof Result.Siblings siblings) {
                to.error("SIBLINGS " + siblings.values().size() + SEVERAL);
            } else {
                PREVIOUS.write(result, to);
            }
        }
    },

    /** The text that was there, or nothing: GETSET. Being a write that took effect, it is never told as an error. */
    PREVIOUS {
        @Override
        public void write(Result result, RespWriter to) {
            if (result instanceof Result.Found found) {
                to.bulk(found.value());
            } else {
                expect(Result.Absent.class, result);
                to.absent();
            }
        }
    },

    /** What a merge needs, then all values, of which there may be none: SIBLINGS. */
    SIBLINGS {
        @Override
        public void write(Result result, RespWriter to) {
            var siblings = expect(Result.Siblings.class, result);
            to.array(1 + siblings.values().size());
            to.bulk(siblings.context());
            siblings.values().forEach(to::bulk);
        }
    },

    /** A number: INCR, DEL of one key. */
    NUMBER {
        @Override
        public void write(Result result, RespWriter to) {
            to.number(expect(Result.WholeNumber.class, result).value());
        }
    },

    /** OK, or nothing where a condition did not hold: SET. */
    OK_OR_ABSENT {
        @Override
        public void write(Result result, RespWriter to) {
            if (expect(Result.Applied.class, result).applied()) {
                to.ok();
            } else {
                to.absent();
            }
        }
    },

    /** 1, or 0 where a condition did not hold: CAS, SETNX. */
    ONE_OR_ZERO {
        @Override
        public void write(Result result, RespWriter to) {
            to.number(expect(Result.Applied.class, result).applied() ? 1 : 0);
        }
    },

    /** The elements of a list: LRANGE. */
    LIST {
        @Override
        public void write(Result result, RespWriter to) {
            var elements = expect(Result.Elements.class, result).elements();
            to.array(elements.size());
            elements.forEach(to::bulk);
        }
    },

    /** As {@link #VALUE}, in an array of one: MGET of a single key. */
    ONE_VALUE {
        @Override
        public void write(Result result, RespWriter to) {
            to.array(1);
            VALUE.write(result, to);
        }
    },

    /** As {@link #VALUE}, for each command of a transaction: MGET. */
    VALUES {
        @Override
        public void write(Result result, RespWriter to) {
            var results = each(result);
            to.array(results.size());
            results.forEach(one -> VALUE.write(one, to));
        }
    },

    /** The sum of what each command of a transaction counted: DEL, EXISTS. */
    SUM {
        @Override
        public void write(Result result, RespWriter to) {
            to.number(each(result).stream()
                    .mapToLong(one -> expect(Result.WholeNumber.class, one).value())
                    .sum());
        }
    },

    /** OK, whatever the versions are: WATCH. */
    WATCHED {
        @Override
        public void write(Result result, RespWriter to) {
            var versions = result instanceof Result.Each each ? each.results() : List.of(result);
            versions.forEach(version -> expect(Result.WholeNumber.class, version));
            to.ok();
        }
    },

    /** OK, once all of a transaction took effect: MSET. */
    ALL_OK {
        @Override
        public void write(Result result, RespWriter to) {
            each(result).forEach(one -> expect(Result.Applied.class, one));
            to.ok();
        }
    };

    private static final int REPLY_OVERHEAD = 16;
    private static final String SEVERAL = " values were written concurrently: read them with SIBLINGS key, and replace"
            + " them by their merge with MERGE key context value";

    /** The results of a transaction's commands. */
    static List<Result> each(Result result) {
        return expect(Result.Each.class, result).results();
    }

    private static <R extends Result> R expect(Class<R> kind, Result result) {
        if (!kind.isInstance(result)) {
            throw new IllegalStateException("a command answered with the wrong kind of result: expected="
                    + kind.getSimpleName() + " result=" + result.getClass().getSimpleName());
        }
        return kind.cast(result);
    }

    /** About the bytes that a result takes in a reply, of whatever shape. */
    static long bytesOf(Result result) {
        if (result instanceof Result.Found found) {
            return (long) REPLY_OVERHEAD + found.value().size();
        }
        long sum = REPLY_OVERHEAD;
        if (result instanceof Result.Elements list) {
            sum += bytesOf(list.elements());
        } else if (result instanceof Result.Siblings siblings) {
            // Or the error: that is short, but the values are held until it is written.
            sum += SEVERAL.length() + REPLY_OVERHEAD + siblings.context().size() + bytesOf(siblings.values());
        } else if (result instanceof Result.Each each) {
            for (var one : each.results()) {
                sum += bytesOf(one);
            }
        } else if (result instanceof Result.Table) {
            throw new IllegalStateException("a client was answered as an operator is: " + result);
        }
        return sum;
    }

    private static long bytesOf(List<Bytes> values) {
        long sum = 0;
        for (var value : values) {
            sum += (long) REPLY_OVERHEAD + value.size();
        }
        return sum;
    }
}
