package dev.belay.web;

import java.util.List;

/** All managed databases in the order of their names. */
public record DatabaseList(List<DatabaseView> items) {}
