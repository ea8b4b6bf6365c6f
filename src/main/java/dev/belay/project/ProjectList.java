package dev.belay.project;

import java.util.List;

/** All configured projects in the order of their names. */
public record ProjectList(List<ProjectView> items) {}
