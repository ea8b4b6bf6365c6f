package dev.belay.masking;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells by its name and type whether a column looks as if it held something about a person. Rather too often than too seldom. */
final class Personal {

    private static final Set<String> NAMES = Set.of(
            "name",
            "forename",
            "surname",
            "nickname",
            "alias",
            "login",
            "user",
            "username",
            "guardian",
            "father",
            "mother",
            "spouse",
            "relative",
            "emergency",
            "signature",
            "gender",
            "sex",
            "religion",
            "ethnicity",
            "race",
            "nationality",
            "citizenship",
            "disability",
            "medical",
            "diagnosis",
            "biography",
            "bio");
    private static final Set<String> REACHED = Set.of(
            "mail",
            "email",
            "contact",
            "fax",
            "tel",
            "cell",
            "street",
            "barangay",
            "municipality",
            "province",
            "city",
            "zip",
            "zipcode",
            "postcode",
            "postal",
            "latitude",
            "longitude",
            "ip",
            "whatsapp",
            "telegram",
            "skype");
    private static final Set<String> SECRETS =
            Set.of("pwd", "pin", "secret", "token", "otp", "salt", "apikey", "card", "cvv", "iban", "bic");
    private static final Set<String> NUMBERS = Set.of(
            "ssn",
            "nin",
            "nid",
            "national",
            "passport",
            "voter",
            "licence",
            "license",
            "tax",
            "tin",
            "fax",
            "tel",
            "cell",
            "contact",
            "pin",
            "card",
            "iban",
            "latitude",
            "longitude");
    private static final Set<String> PICTURES = Set.of("photo", "picture", "image", "avatar", "portrait", "selfie");
    private static final Set<String> DATES = Set.of("birth", "birthday", "birthdate", "dob", "born", "death", "died");
    private static final List<String> STEMS = List.of(
            "email",
            "phone",
            "mobile",
            "passw",
            "birth",
            "address",
            "firstname",
            "lastname",
            "fullname",
            "surname",
            "passport",
            "fingerprint",
            "biometr");
    private static final List<String> NUMBER_STEMS = List.of("phone", "mobile", "passport");
    private static final Set<String> ADDRESSES = Set.of("inet", "cidr", "macaddr", "macaddr8");
    private static final Set<String> DOCUMENTS = Set.of("bytea", "json", "jsonb", "xml", "hstore");

    private Personal() {}

    /** Why it looks personal; empty when it does not. */
    static Optional<String> why(Column column) {
        if (column.computed()
                || column.category().equals("B")
                || column.category().equals("E")) {
            return Optional.empty();
        }
        if (ADDRESSES.contains(column.base())) {
            return Optional.of("its type");
        }
        String name = column.id().column();
        boolean found;
        if (column.isText() || column.category().equals("A") || DOCUMENTS.contains(column.base())) {
            found = has(name, List.of(NAMES, REACHED, SECRETS, NUMBERS, PICTURES, DATES), STEMS);
        } else if (column.category().equals("N")) {
            found = has(name, List.of(NUMBERS), NUMBER_STEMS);
        } else {
            found = column.category().equals("D") && has(name, List.of(DATES), List.of("birth"));
        }
        return found ? Optional.of("its name") : Optional.empty();
    }

    private static boolean has(String name, List<Set<String>> words, List<String> stems) {
        String lower = name.toLowerCase(Locale.ROOT);
        String apart = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        return stems.stream().anyMatch(stem -> lower.replaceAll("[^a-z]", "").contains(stem))
                || List.of(apart.split("[^a-z]+", -1)).stream()
                        .anyMatch(word -> words.stream().anyMatch(set -> set.contains(word)));
    }
}
