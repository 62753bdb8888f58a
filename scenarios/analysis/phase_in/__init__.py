"""How long the phase-in of a cut must be: verdicts and lengths by sequential precision, study, pages."""
