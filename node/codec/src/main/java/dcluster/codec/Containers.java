package dcluster.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The types of the library that hold others: all that is read is immutable. */
final class Containers {
    private Containers() {}

    /** 1 and the value, or 0. */
    record OptionalCoder(Coder value) implements Coder {
        @Override
        public void write(Object object, ByteWriter out) {
            var optional = (Optional<?>) object;
            Leaves.writeBoolean(optional.isPresent(), out);
            if (optional.isPresent()) {
                value.write(optional.get(), out);
            }
        }

        @Override
        public Object read(ByteReader in) {
            return Leaves.readBoolean(in) ? Optional.of(value.read(in)) : Optional.empty();
        }
    }

    /** The count, then the elements. */
    record ListCoder(Coder element) implements Coder {
        @Override
        public void write(Object object, ByteWriter out) {
            var list = (List<?>) object;
            out.writeVarLong(list.size());
            for (var each : list) {
                element.write(each, out);
            }
        }

        @Override
        public Object read(ByteReader in) {
            var elements = new Object[in.claimCount()];
            for (int i = 0; i < elements.length; i++) {
                in.release();
                elements[i] = element.read(in);
            }
            return List.of(elements);
        }
    }

    /** The count, then key and value by turns, in the map's own order, which is kept. */
    record MapCoder(Coder key, Coder value) implements Coder {
        @Override
        public void write(Object object, ByteWriter out) {
            var map = (Map<?, ?>) object;
            out.writeVarLong(map.size());
            for (var entry : map.entrySet()) {
                key.write(entry.getKey(), out);
                value.write(entry.getValue(), out);
            }
        }

        @Override
        public Object read(ByteReader in) {
            int count = in.claimCount();
            var map = new LinkedHashMap<Object, Object>();
            for (int i = 0; i < count; i++) {
                in.release();
                if (map.put(key.read(in), value.read(in)) != null) {
                    throw in.malformed("a map has a key twice");
                }
            }
            return Collections.unmodifiableMap(map);
        }
    }
}
