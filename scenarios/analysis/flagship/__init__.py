"""What pays, when, and for whom: the study of signalling, teams, cut and phase-in together."""
