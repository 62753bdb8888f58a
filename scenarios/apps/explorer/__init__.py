"""A static site with sliders over the flagship study, and the claims of the sources; it needs no server."""
