"""Money: books, items, payments, the municipality's accounts and those of providers."""
