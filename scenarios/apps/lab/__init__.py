"""The landing-strip lab: predict, see, explain; in a notebook and on the dashboard, written once.

`exercises` holds what is asked and which mechanisms can be taken out of the model, `predictions` what the
model says of a prediction and its score, `worksheet` what a student types in the notebook, `notebook` writes
docs/lab.
"""
