"""The whole country: municipalities as models of their own, in parallel, and their sum."""
