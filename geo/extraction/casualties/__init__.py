"""How many were killed, wounded, kidnapped, as their words count. Read only; `casualty_counts` decides the toll."""
