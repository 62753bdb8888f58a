"""The configuration: schema, composition by Hydra, keys and checks."""
