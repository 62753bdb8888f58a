"""`landingsbaan sensitivity`: which levers and unknowns an outcome depends on."""
