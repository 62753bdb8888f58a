"""`landingsbaan strip`: how long the phase-in must be."""
