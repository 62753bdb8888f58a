"""What `landingsbaan sweep --help` and `landingsbaan results --help` say. Light: plain texts."""

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

  ls                            the studies there are, and how far each is
  show STUDY                    outcomes per point with 95% bands and what these are made of;
                                outcome=..., against=0 (differences), points=20
  show STUDY sql='select ...'   a question to the tables runs, monthly and wijken
  plot STUDY                    an image with its numbers beside it: outcome=... over=AXIS against=0 to=FILE
  export STUDY                  format=csv, parquet or netcdf; table=monthly or wijken; to=FILE
  verify [STUDY ...]            compare every part with its checksum
  prune [STUDY ...]             remove these, or all that another model version made"""
