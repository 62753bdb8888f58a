"""What is seen (ODD 4, observation): indicators, the recorder, tables on disk, savings and figures.

The recorder looks at the model each month and changes nothing in it. `schema.py` declares every
table and column, `store.py` writes and opens a run folder. Figures and summaries read a run folder
and nothing else, so that they can be made again without the model.
"""
