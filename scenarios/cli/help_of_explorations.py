"""What `--help` says of sensitivity, discover, optimise and strip. Light: plain texts."""

COMMON = """\
What is varied
  levers=default                a dozen levers with their ranges; or none, or names with commas
  unknowns=all                  every parameter that a draw varies; or none, or names with commas
  'landing.cut=interval(0,0.4)' another range, or another lever or parameter
  landing.cut=0.25              a value: not varied

Runs
  municipality=neutral_city     20,000 households unless told otherwise; policy=early_signalling, ten years
  study=NAME                    its folder in results/studies; the same command goes on where it stopped
  engine.processes=2            processes of this machine; or engine=dask engine.scheduler=tcp://host:8786
  write=true                    write the page in docs/ and its figures

An outcome is any of docs/results.md; effect_ before its name asks what the policy changes, bruise_ how
much more there is than on a strip of eight years. Needs the extra: pip install 'landingsbaan[explore]'"""

SENSITIVITY = f"""\
sensitivity [key=value ...]

  method=morris                 elementary effects: screens all factors; or method=sobol: shares of variance
  outcome=savings,bruise_crises outcomes with commas, read off the same runs
  samples=10                    trajectories (Morris), or base samples, a power of 2 (Sobol, 128)
  screened=STUDY inputs=20      Sobol: the factors that lead in a Morris study, luck among them
  second_order=true             Sobol: pairs of factors too, for twice the runs
  design_seed=0                 seed of the design

{COMMON}

Examples
  landingsbaan sensitivity study=screening
  landingsbaan sensitivity method=sobol screened=screening outcome=savings"""

DISCOVER = f"""\
discover [key=value ...]

  outcome=breaks_even           outcomes with commas; a box is sought for each
  above=0.5, below=0            when a case fails; without either: no break-even, a saving below zero, else
                                above the median
  samples=500                   cases, each with levers, a draw of all unknowns and a seed of its own

{COMMON}

Example: landingsbaan discover outcome=breaks_even,bruise_crises"""

OPTIMISE = f"""\
optimise [key=value ...]

  outcome=effect_net_cost,...   objectives with commas
  robust=worst_quarter          mean over the worst quarter of the draws, or robust=mean
  replicates=12                 draws of the unknowns, the same for every policy
  population=24 generations=10  policies in a generation, and generations

{COMMON}

Example: landingsbaan optimise landing.cut=0.25 generations=20"""

STRIP = """\
strip [key=value ...]

How long must the strip be, for which cut, with how much prepared beforehand? Every cut, length and
preparation is held against a strip of eight years, as announced and with the same money.

  cuts=0.05,0.1,0.15,0.25,0.35  shares of the grant
  years=0,1,2,3,5               lengths of the strip
  ahead=0,2                     years of preparation
  replicates=12                 draws of the unknowns, each with a seed
  study=NAME, engine..., write=true, and all keys of a run as in `landingsbaan sweep --help`

Example: landingsbaan strip write=true"""

USAGES = {"sensitivity": SENSITIVITY, "discover": DISCOVER, "optimise": OPTIMISE, "strip": STRIP}
