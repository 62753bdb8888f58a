"""The landing-strip lab: exercises for students, in a notebook and on the dashboard, written once.

`exercises` holds what is asked and which mechanisms can be taken out of the model, `flight` what a student
types, `notebook` writes docs/lab from both.
"""
