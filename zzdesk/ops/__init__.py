"""What changed here and has not been confirmed at the centre: operations, outbox, fold, conflicts."""
