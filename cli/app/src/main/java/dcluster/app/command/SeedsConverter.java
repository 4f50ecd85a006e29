package dcluster.app.command;

import dcluster.lab.simulation.Seeds;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A range of seeds, or one of them: {@code 1..1000}, {@code 17}. */
final class SeedsConverter implements ITypeConverter<Seeds> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?:\\.\\.([0-9]{1,18}))?");

    @Override
    public Seeds convert(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is not a range of seeds such as 1..1000");
        }
        long first = Long.parseLong(form.group(1));
        try {
            return new Seeds(first, form.group(2) == null ? first : Long.parseLong(form.group(2)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
