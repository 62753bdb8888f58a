"""`landingsbaan optimise`: policies that hold up across the unknowns."""
