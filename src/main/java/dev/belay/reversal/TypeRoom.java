package dev.belay.reversal;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a type has room for every value of another one, so that nothing has to be looked at when it changes. */
final class TypeRoom {

    private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");
    private static final Pattern TEXT = Pattern.compile("text|character varying(?:\\((\\d+)\\))?");
    private static final Pattern NUMERIC = Pattern.compile("numeric(?:\\((\\d+),(\\d+)\\))?");

    private TypeRoom() {}

    /** @param to as {@code format_type} writes it, like the other */
    static boolean isEnough(String from, String to) {
        if (areIntegers(from, to)) {
            return INTEGERS.indexOf(from) <= INTEGERS.indexOf(to);
        }
        Matcher text = TEXT.matcher(to);
        Matcher number = NUMERIC.matcher(to);
        return (text.matches() && isTextEnough(TEXT.matcher(from), text))
                || (number.matches() && isNumberEnough(NUMERIC.matcher(from), number));
    }

    /** Between these PostgreSQL itself refuses what does not fit. */
    static boolean areIntegers(String from, String to) {
        return INTEGERS.contains(from) && INTEGERS.contains(to);
    }

    private static boolean isTextEnough(Matcher from, Matcher to) {
        return from.matches()
                && (to.group(1) == null || (from.group(1) != null && number(from.group(1)) <= number(to.group(1))));
    }

    private static boolean isNumberEnough(Matcher from, Matcher to) {
        if (!from.matches() || to.group(1) == null) {
            return from.matches();
        }
        return from.group(1) != null
                && number(from.group(2)) <= number(to.group(2))
                && number(from.group(1)) - number(from.group(2)) <= number(to.group(1)) - number(to.group(2));
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
