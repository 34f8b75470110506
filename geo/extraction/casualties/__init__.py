"""How many were killed, wounded, kidnapped, by the words that count them. Read only; `arguments.casualty_counts` decides the toll."""
