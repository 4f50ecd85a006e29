package dcluster.codec;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes a constant as its place among its type's constants; the schema's text, and so its fingerprint, names them all.
 */
final class EnumCoder implements Coder {
    private final Object[] constants;

    EnumCoder(Class<?> type) {
        constants = type.getEnumConstants();
    }

    /** The constants' names in their order. */
    String names() {
        return Arrays.stream(constants)
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(" "));
    }

    @SuppressWarnings("EnumOrdinal") // what Error Prone fears, that the order changes, changes the fingerprint
    @Override
    public void write(Object value, ByteWriter out) {
        out.writeVarLong(((Enum<?>) value).ordinal());
    }

    @Override
    public Object read(ByteReader in) {
        long ordinal = in.readVarLong();
        if (ordinal < 0 || ordinal >= constants.length) {
            throw in.malformed("constant " + Long.toUnsignedString(ordinal) + " of " + constants.length);
        }
        return constants[(int) ordinal];
    }
}
