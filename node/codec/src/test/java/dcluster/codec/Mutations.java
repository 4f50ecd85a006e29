package dcluster.codec;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Damages bytes as a broken or hostile sender would. */
final class Mutations {
    private static final byte[][] HOSTILE_NUMBERS = {
        hex("ffffffffffffffffff01"),
        hex("ffffffffffffffffff7f"),
        hex("ffffffffffffffffffffff01"),
        hex("8080808080808080808001"),
        hex("feffffffffffffffff01"),
        hex("ffffffff0f"),
        hex("ffffffff07"),
        hex("8080808010"),
        hex("ffff7f"),
        hex("808001"),
        hex("8000"),
        hex("ff00"),
        hex("7f"),
        hex("40")
    };
    private static final byte[] EXTREMES = {0, 1, 2, 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff};
    private static final int MAX_BYTES = 1 << 16;

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    /** A copy with one to four changes; {@code other} lends bytes to some. */
    byte[] mutate(byte[] bytes, byte[] other) {
        var mutated = bytes;
        for (int i = random.nextInt(1, 5); i > 0 && mutated.length <= MAX_BYTES; i--) {
            mutated = mutateOnce(mutated, other);
        }
        return mutated;
    }

    private byte[] mutateOnce(byte[] bytes, byte[] other) {
        int from = random.nextInt(bytes.length + 1);
        int to = random.nextInt(from, Math.min(bytes.length, from + 64) + 1);
        return switch (random.nextInt(10)) {
            case 0 -> replace(bytes, from, to, new byte[0]);
            case 1 -> Arrays.copyOf(bytes, from);
            case 2 -> replace(bytes, from, from, randomBytes(random.nextInt(1, 9)));
            case 3 -> replace(bytes, from, Math.min(from + 1, bytes.length), hostileNumber());
            case 4 -> replace(bytes, from, from, hostileNumber());
            case 5 -> replace(bytes, from, from, repeated(Arrays.copyOfRange(bytes, from, to)));
            case 6 -> replace(bytes, from, bytes.length, tail(other));
            case 7 -> setOne(bytes, EXTREMES[random.nextInt(EXTREMES.length)]);
            default -> flipOneBit(bytes);
        };
    }

    private byte[] flipOneBit(byte[] bytes) {
        var copy = bytes.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] setOne(byte[] bytes, byte value) {
        var copy = bytes.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] = value;
        }
        return copy;
    }

    // Little once too often, or so much that a nesting of it is deep.
    private byte[] repeated(byte[] part) {
        int times = random.nextInt(5) == 0 ? random.nextInt(500) : 2;
        var all = new byte[part.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = part[i % part.length];
        }
        return all;
    }

    private byte[] tail(byte[] other) {
        return Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
    }

    private byte[] hostileNumber() {
        return HOSTILE_NUMBERS[random.nextInt(HOSTILE_NUMBERS.length)];
    }

    private byte[] randomBytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] replace(byte[] bytes, int from, int to, byte[] by) {
        var result = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
        return result;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
