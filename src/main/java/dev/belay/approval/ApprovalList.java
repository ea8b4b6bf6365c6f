package dev.belay.approval;

import java.util.List;

/** The approvals of one migration, oldest first. */
public record ApprovalList(List<ApprovalView> items) {}
