package dcluster.app.command;

import dcluster.host.Point;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a point of a protocol. */
final class PointConverter implements ITypeConverter<Point> {
    @Override
    public Point convert(String text) {
        try {
            return Point.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
