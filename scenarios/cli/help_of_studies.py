"""What `--help` says of sweep, results, calibrate and validate. Light: plain texts."""

SWEEP_USAGE = """\
sweep [key=value ...] [key=a,b,c ...] ['key=interval(low,high)' ...]

Axes and design
  landing.years=0,2,5           values; several axes make a grid, or design=list goes side by side
  'landing.cut=interval(0,0.4)' a stretch, filled by design=lhs (or sobol) with samples=64, design_seed=0
  design=table table=FILE.csv   a column per key, a row per point

Runs
  replicates=10                 seeds of every point, each with a parameter draw, under common luck
  seeds_per_draw=1              seeds that share a draw; above 1 luck and parameters are told apart
  keep=monthly+wijken           tables kept of every run, or keep=monthly
  outcome=net_cost,crises       columns of the table of runs; docs/results.md lists them
  study=NAME                    its folder in results/studies; the same command goes on where it stopped

Precision
  precision=5                   half the 95% band of the first outcome, in its unit, or 2% of its mean;
                                replicates are added in rounds to the points that lack it
  against=0                     of differences from point 0, in pairs under common luck
  most_replicates=1000          where a point stops all the same
  plan=true pilot=8             run the pilot only, and tell what the precision takes

Engine
  engine.processes=2            processes of this machine; every core unless told otherwise
  engine=dask engine.scheduler=tcp://host:8786

Groups and other keys are those of `landingsbaan run --help`; policy=reference unless chosen.
Example: landingsbaan sweep landing.years=0,2,5,8 landing.cut=0.1,0.25 precision=2% plan=true"""
RESULTS_USAGE = """\
results [ACTION] [STUDY] [key=value ...]

  ls [FOLDER]                   the studies there are, here or in another folder, and how far each is
  show STUDY                    outcomes per point with 95% bands and what these are made of;
                                outcome=..., against=0 (differences), points=20
  show STUDY sql='select ...'   a question to the tables runs, monthly and wijken
  plot STUDY                    an image with its numbers beside it: outcome=... over=AXIS against=0 to=FILE
  export STUDY                  format=csv, excel, parquet or netcdf; table=runs, monthly or wijken;
                                decimal=, (for CSV that Dutch Excel opens); to=FILE
  verify [STUDY ...]            compare every part with its checksum
  prune [STUDY ...]             remove these, or all that another model version made"""

CALIBRATE_USAGE = """\
calibrate [write] [key=value ...]

Makes a bank of histories at points of the prior, tests by recovery of planted parameters which of two
methods to take, draws a posterior from the targets, runs the model at some of its draws, and writes
data/posterior.csv, data/posterior.yaml and docs/calibration.md. Interrupted, the same command goes on.
`write` writes them again from a finished calibration. It needs the extra `calibration`.

  members=2048                  points of the prior, a power of 2; a larger bank takes over a smaller one
  households=20000              size of the city
  recoveries=200                planted truths that every method has to recover
  second=1024                   histories of a second wave, where the first posterior points
  draws=400 confirmed=128       rows of the posterior; rows at which the model itself is run
  steps=6000                    steps of the walkers that are kept
  seed=1 name=NAME folder=results/calibration
  to=FOLDER                     write posterior and page there instead
  language=en|nl engine=local|dask engine.processes=2 engine.scheduler=tcp://host:8786

Example: landingsbaan calibrate members=2048 engine.processes=2"""
VALIDATE_USAGE = """\
validate [write] [key=value ...]

Holds the model, at draws of the posterior, against data/validation_targets.csv, which nothing was fitted
to, with experiments that follow the studies' designs; checks the fitted rows too; writes
docs/validation.md. Interrupted, the same command goes on. `write` writes the page again.

  draws=64                      rows of the posterior
  households=20000              size of the city of histories and experiments
  seed=1 name=NAME folder=results/validation
  to=FOLDER                     write the page there instead
  language=en|nl engine=local|dask engine.processes=2 engine.scheduler=tcp://host:8786

Example: landingsbaan validate draws=64 engine.processes=2"""
