"""Finance: books, items, payments, and the accounts of the municipality and of providers."""
