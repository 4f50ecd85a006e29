package dcluster.checker.transaction;

import java.util.Arrays;

/** Whole numbers, the last in first out. */
final class IntStack {
    private int[] elements = new int[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void push(int element) {
        if (size == elements.length) {
            elements = Arrays.copyOf(elements, size * 2);
        }
        elements[size++] = element;
    }

    int pop() {
        return elements[--size];
    }

    void clear() {
        size = 0;
    }
}
