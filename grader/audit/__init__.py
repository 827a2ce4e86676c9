"""How strong a suite is: mutants of the reference, put through it, and which of them it lets through."""
