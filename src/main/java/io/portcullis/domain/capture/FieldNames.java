package io.portcullis.domain.capture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which names some program takes for the same field. PHP makes an underscore of dots, spaces and a bracket that is not closed, cuts a
 * name at NUL, and overlooks what stands behind a bracket; Rack overlooks brackets around; some do not see letter case.
 */
public final class FieldNames {
    private FieldNames() {}

    /**
     * Whether some program may read a field of this name where it is asked for that one.
     *
     * @param wanted a field's name, {@code user[email]}, or a JSON pointer, {@code /user/email}
     */
    public static boolean mayBe(String name, String wanted) {
        var whole = letters(name);
        var names = components(name);
        var places = components(wanted);
        boolean around = !names.isEmpty()
                && names.size() <= places.size()
                && places.subList(0, names.size()).equals(names); // replaces all that is in it
        return around || whole.equals(letters(wanted)) || (!places.isEmpty() && names.contains(places.getLast()));
    }

    private static String letters(String name) {
        return cut(name).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static List<String> components(String name) {
        return Arrays.stream(cut(name).split("[^\\p{L}\\p{N}_-]+", -1))
                .filter(component -> !component.isEmpty())
                .toList();
    }

    private static String cut(String name) {
        int nul = name.indexOf('\0');
        return (nul < 0 ? name : name.substring(0, nul))
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
