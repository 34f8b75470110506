"""Who and what is named: persons, bodies, crowds, forces, weapons. Read only; mentions decides their parts."""
