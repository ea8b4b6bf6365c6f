package dev.belay.rehearsal;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What takes the versions of a migration back, in the order in which they are applied. */
@Schema(name = "UndoScriptList")
public record UndoScriptList(List<UndoScriptView> items) {}
