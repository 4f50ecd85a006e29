package dcluster.toolkit;

import dcluster.spi.Bytes;
import dcluster.spi.Command;
import dcluster.spi.Response;
import dcluster.spi.Response.Failed;
import dcluster.spi.Response.Ok;
import dcluster.spi.Response.Reason;
import dcluster.spi.Result;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The meaning of {@link Command} once more, as plainly as it can be said: texts and lists in a map, numbers without
 * bounds, transactions on a copy. What it shares with {@link Store} is the documentation alone.
 */
final class ReferenceStore {
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]*");

    private Map<Bytes, Object> content = new TreeMap<>();
    private Map<Bytes, Long> versions = new TreeMap<>();
    private long changes;

    Map<Bytes, Object> content() {
        return content;
    }

    private void write(Bytes key, Object value) {
        content.put(key, value);
        versions.put(key, ++changes);
    }

    private boolean delete(Bytes key) {
        versions.remove(key);
        boolean was = content.remove(key) != null;
        changes += was ? 1 : 0;
        return was;
    }

    private long version(Bytes key) {
        return versions.getOrDefault(key, 0L);
    }

    Response apply(Command command) {
        if (command instanceof Command.Watch watch) {
            return number(version(watch.key()));
        }
        if (command instanceof Command.Transaction transaction) {
            return transaction(transaction);
        }
        if (command instanceof Command.Exists exists) {
            return number(content.containsKey(exists.key()) ? 1 : 0);
        }
        if (command instanceof Command.Delete delete) {
            return number(delete(delete.key()) ? 1 : 0);
        }
        if (command instanceof Command.Put put) {
            return put(put);
        }
        var key = ((Command.OnKey) command).key();
        boolean wantsList = command instanceof Command.Append
                || command instanceof Command.Prepend
                || command instanceof Command.ReadList;
        if (content.containsKey(key) && wantsList != content.get(key) instanceof List) {
            return failed(Reason.WRONG_TYPE);
        }
        return wantsList
                ? onList(command, list(key))
                : onText(command, key, Optional.ofNullable((Bytes) content.get(key)));
    }

    private Response put(Command.Put put) {
        var former = content.get(put.key());
        if (put.previous() && former instanceof List) {
            return failed(Reason.WRONG_TYPE);
        }
        boolean applies = switch (put.condition()) {
            case ALWAYS -> true;
            case IF_ABSENT -> former == null;
            case IF_PRESENT -> former != null;
        };
        if (applies) {
            write(put.key(), put.value());
        }
        return put.previous() ? text(Optional.ofNullable((Bytes) former)) : new Ok(new Result.Applied(applies));
    }

    private Response onText(Command command, Bytes key, Optional<Bytes> held) {
        if (command instanceof Command.Get) {
            return text(held);
        }
        if (command instanceof Command.CompareAndSet compare) {
            boolean applies = held.equals(compare.expected());
            if (applies) {
                write(key, compare.value());
            }
            return new Ok(new Result.Applied(applies));
        }
        return increment((Command.Increment) command, held.map(Bytes::toUtf8).orElse("0"));
    }

    private Response increment(Command.Increment increment, String held) {
        if (!NUMBER.matcher(held).matches() || !isLong(new BigInteger(held))) {
            return failed(Reason.NOT_A_NUMBER);
        }
        var sum = new BigInteger(held).add(BigInteger.valueOf(increment.delta()));
        if (!isLong(sum)) {
            return failed(Reason.OUT_OF_RANGE);
        }
        write(increment.key(), Bytes.utf8(sum.toString()));
        return number(sum.longValueExact());
    }

    private static boolean isLong(BigInteger number) {
        return number.bitLength() <= 63;
    }

    private Response onList(Command command, List<Bytes> list) {
        if (command instanceof Command.ReadList read) {
            var found = new ArrayList<Bytes>();
            for (int i = 0; i < list.size(); i++) {
                boolean behindFrom = read.from() >= 0 ? i >= read.from() : i - list.size() >= read.from();
                boolean beforeTo = read.to() >= 0 ? i <= read.to() : i - list.size() <= read.to();
                if (behindFrom && beforeTo) {
                    found.add(list.get(i));
                }
            }
            return new Ok(new Result.Elements(found));
        }
        if (command instanceof Command.Append append) {
            list.addAll(append.elements());
            write(append.key(), list);
        } else if (command instanceof Command.Prepend prepend) {
            prepend.elements().forEach(element -> list.add(0, element));
            write(prepend.key(), list);
        }
        return number(list.size());
    }

    /** A copy of the list of a key, empty if there is none. */
    private List<Bytes> list(Bytes key) {
        var copy = new ArrayList<Bytes>();
        if (content.get(key) instanceof List<?> list) {
            list.forEach(element -> copy.add((Bytes) element));
        }
        return copy;
    }

    private Response transaction(Command.Transaction transaction) {
        if (transaction.watched().stream().anyMatch(each -> version(each.key()) != each.version())) {
            return new Ok(new Result.Applied(false));
        }
        var before = new TreeMap<>(content);
        var versionsBefore = new TreeMap<>(versions);
        long changesBefore = changes;
        var results = new ArrayList<Result>();
        for (var command : transaction.commands()) {
            var response = apply(command);
            if (response instanceof Failed) {
                content = before;
                versions = versionsBefore;
                changes = changesBefore;
                return response;
            }
            results.add(((Ok) response).result());
        }
        return new Ok(new Result.Each(results));
    }

    private static Response text(Optional<Bytes> held) {
        return new Ok(held.<Result>map(Result.Found::new).orElse(new Result.Absent()));
    }

    private static Response number(long value) {
        return new Ok(new Result.WholeNumber(value));
    }

    private static Response failed(Reason reason) {
        return new Failed(reason, "");
    }
}
