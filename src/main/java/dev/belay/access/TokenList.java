package dev.belay.access;

import java.util.List;

/** All tokens, newest first. */
public record TokenList(List<TokenView> items) {

    public TokenList {
        items = List.copyOf(items);
    }
}
