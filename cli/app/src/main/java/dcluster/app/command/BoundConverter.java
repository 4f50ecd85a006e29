package dcluster.app.command;

import dcluster.checker.staleness.Bound;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How far behind a read may be: {@code 2} versions, or for {@code 500ms}. */
final class BoundConverter implements ITypeConverter<Bound> {
    @Override
    public Bound convert(String text) {
        if (text.matches("[0-9]{1,9}")) {
            return new Bound.Versions(Integer.parseInt(text));
        }
        try {
            return new Bound.Time(new DurationConverter().convert(text));
        } catch (TypeConversionException e) {
            throw new TypeConversionException(
                    "'" + text + "' is neither a number of versions such as 2 nor a duration such as 500ms");
        }
    }
}
