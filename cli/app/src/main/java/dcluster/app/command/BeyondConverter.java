package dcluster.app.command;

import dcluster.simulation.Beyond;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what goes beyond an algorithm's fault model, as {@code wiped-disks}. */
final class BeyondConverter implements ITypeConverter<Beyond> {
    @Override
    public Beyond convert(String value) {
        return Arrays.stream(Beyond.values())
                .filter(beyond -> beyond.word().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("no algorithm is asked to survive " + value));
    }
}
