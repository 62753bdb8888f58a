"""Questions to the model: a policy, a comparison, claims, calibration, validation, explorations."""
