"""What students get, made from what the course keeps: stubs from the one source, recorded answers, their copy."""
