package dev.belay.masking;

import static dev.belay.postgres.Identifiers.literal;

import java.util.List;
import java.util.stream.Collectors;

/** Names of nobody in particular. */
final class Names {

    static final List<String> FIRST = List.of(
            "Ada", "Adam", "Aisha", "Alma", "Amir", "Amira", "Andrea", "Anton", "Aya", "Bela", "Bruno", "Carmen",
            "Clara", "Daniel", "Diana", "Elena", "Elias", "Emil", "Emma", "Farah", "Felix", "Flora", "Hana", "Hassan",
            "Helena", "Hugo", "Ibrahim", "Ida", "Idris", "Ines", "Irene", "Ivan", "Jamal", "Jana", "Jonas", "Julia",
            "Karim", "Karl", "Laila", "Lara", "Leo", "Lina", "Lucas", "Lucia", "Malik", "Mara", "Marco", "Maya", "Mila",
            "Nadia", "Nina", "Noor", "Omar", "Oscar", "Paula", "Petra", "Rafael", "Rania", "Rosa", "Salma", "Samir",
            "Sofia", "Tariq", "Vera");

    static final List<String> LAST = List.of(
            "Abad",
            "Alder",
            "Amari",
            "Arnold",
            "Aziz",
            "Baker",
            "Basil",
            "Becker",
            "Bloom",
            "Brook",
            "Castillo",
            "Cole",
            "Costa",
            "Cruz",
            "Dalton",
            "Darwish",
            "Dorn",
            "Ellis",
            "Faris",
            "Field",
            "Fischer",
            "Garcia",
            "Ghani",
            "Grant",
            "Haddad",
            "Hale",
            "Hamid",
            "Hart",
            "Hill",
            "Ibarra",
            "Jansen",
            "Karam",
            "Keller",
            "Lane",
            "Lind",
            "Lopez",
            "Mansour",
            "Marsh",
            "Mercado",
            "Meyer",
            "Moreno",
            "Nasser",
            "Novak",
            "Ortega",
            "Pace",
            "Park",
            "Perez",
            "Qasim",
            "Ramos",
            "Reed",
            "Reyes",
            "Rivera",
            "Saleh",
            "Santos",
            "Sharif",
            "Stone",
            "Torres",
            "Vance",
            "Vega",
            "Wagner",
            "Walsh",
            "Winter",
            "York",
            "Zaman");

    private Names() {}

    /** The name at a place of a list, counted round and round. */
    static String at(List<String> names, String number) {
        return "(ARRAY[" + names.stream().map(name -> literal(name)).collect(Collectors.joining(",")) + "])[1 + ("
                + number + ") % " + names.size() + "]";
    }
}
