package dev.belay.access;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A token that was just made.
 *
 * @param token its text, shown this once: Belay keeps nothing from which it could be told again
 */
@Schema(name = "NewToken")
public record NewToken(String token, TokenView view) {}
