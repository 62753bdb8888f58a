"""The landing-strip lab: exercises for students, in a notebook and on the dashboard, told once.

`mechanisms` says what can be taken out of the model, `exercises` and `words` what is asked,
`flight` what a student types, `notebook` writes docs/lab from all of them.
"""
