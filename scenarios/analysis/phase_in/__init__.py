"""`landingsbaan phase-in`: how long the phase-in must be."""
