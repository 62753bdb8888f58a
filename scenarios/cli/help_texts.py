"""Texts of `--help`. It lists the folders of conf/ and has no slow imports."""

from pathlib import Path

from scenarios.cli.command_line import SUB_COMMANDS

# Help of sweep, results, calibrate, validate and backtest.

SWEEP_USAGE = """\
sweep [key=value ...] [key=a,b,c ...] ['key=interval(low,high)' ...]

Axes and design
  landing.years=0,2,5           values; several axes make a grid, or with design=list they pair up
  'landing.cut=interval(0,0.4)' a range, sampled by design=lhs (or sobol) with samples=64, design_seed=0
  design=table table=FILE.csv   a column per key, a row per point

Runs
  replications=10                 seeds of every point, each with a parameter draw, with common random numbers
  seeds_per_draw=1              seeds that share a draw; above 1, sampling variance and the effect of
                                parameters can be separated
  keep=monthly+wijken           tables stored of every run, or keep=monthly
  outcome=net_cost,crises       columns of the table of runs; docs/results.md lists them
  study=NAME                    its folder in results/studies; the same command resumes where it stopped

Precision
  precision=5                   half the 95% interval of the first outcome, in its unit, or 2% of its mean;
                                replications are added in rounds to the points that lack it
  against=0                     of paired differences from point 0 (common random numbers)
  most_replications=1000          where a point stops all the same
  plan=true pilot=8             run the pilot only, and tell what the precision takes

Engine
  engine.processes=2            processes on this machine; every core by default
  engine=dask engine.scheduler=tcp://host:8786

Groups and other keys are those of `landingsbaan run --help`; policy=reference by default.
Example: landingsbaan sweep landing.years=0,2,5,8 landing.cut=0.1,0.25 precision=2% plan=true"""
RESULTS_USAGE = """\
results [ACTION] [STUDY] [key=value ...]

  ls [FOLDER]                   list studies, here or in another folder, and how far each is
  show STUDY                    outcomes per point with 95% intervals and the parts of these;
                                outcome=..., against=0 (differences), points=20
  show STUDY sql='select ...'   a query on the tables runs, monthly and wijken
  plot STUDY                    an image and a table with its numbers: outcome=... over=AXIS against=0 to=FILE
  export STUDY                  format=csv, excel, parquet or netcdf; table=runs, monthly or wijken;
                                form=long (a row per kind of care, or per outcome); to=FILE;
                                decimal=, (for CSV that Dutch Excel opens)
  export RUN_FOLDER             the same, table=any of the folder
  verify [STUDY ...]            check every part against its checksum
  prune                         remove all studies of another result version
  prune STUDY ... [yes=true]    remove these studies; with yes=true also of the current result version"""

CALIBRATE_USAGE = """\
calibrate [write] [key=value ...]

Simulates a training ensemble of histories at points of the prior, chooses between two methods by how well
they recover known parameters, draws a posterior from the targets, runs the model at some of the draws, and
writes data/posterior.csv, data/posterior.yaml and docs/calibration.md. After an interruption the same command
resumes. `write` writes the files again from a finished calibration. Needs the extra `calibration`.

  members=2048                  points of the prior, a power of 2; a larger ensemble reuses a smaller one
  households=20000              size of the city
  recoveries=200                known parameter sets that each method must recover
  second=1024                   histories of a second wave, in the region of the first posterior
  draws=400 confirmed=128       rows of the posterior; rows at which the model itself is run
  steps=6000                    stored steps of the walkers
  seed=1 name=NAME folder=results/calibration
  to=FOLDER                     write posterior and page there instead
  language=en|nl engine=local|dask engine.processes=2 engine.scheduler=tcp://host:8786

Example: landingsbaan calibrate members=2048 engine.processes=2"""
VALIDATE_USAGE = """\
validate [write] [key=value ...]

Compares the model, at draws of the posterior, with data/validation_targets.csv, to which nothing was fitted.
The experiments follow the designs of the studies. It also checks the fitted targets and writes
docs/validation.md. After an interruption the same command resumes. `write` writes the page again.

  draws=64                      rows of the posterior
  households=20000              size of the city of histories and experiments
  seed=1 name=NAME folder=results/validation
  to=FOLDER                     write the page there instead
  language=en|nl engine=local|dask engine.processes=2 engine.scheduler=tcp://host:8786

Example: landingsbaan validate draws=64 engine.processes=2"""
BACKTEST_USAGE = """\
backtest [write] [key=value ...]

Stands at the end of 2017 (data/backtest_information.yaml says what was known), fits the model to the targets
and the record dated up to 2017, forecasts 2018-2022, and scores the forecasts next to the last value and the
trend. It writes docs/backtest.md and data/backtest.yaml, whose errors stand next to every later projection.
Interrupted, the same command resumes. `write` writes them again from a finished back-test. It needs the extra
`calibration`.

  members=1024                  points of the prior of 2017, a power of 2
  second=512                    histories of a second wave, where the first fit points
  draws=256 municipal=32        draws that forecast the country; how many of them the municipalities
  households=20000              size of the city
  steps=6000                    steps of the walkers that are kept
  seed=1 name=NAME folder=results/backtest
  to=FOLDER                     write page and errors there instead
  language=en|nl engine=local|dask engine.processes=2 engine.scheduler=tcp://host:8786

Example: landingsbaan backtest members=1024 engine.processes=2"""


# Help of sensitivity and the other explorations.

COMMON = """\
What is varied
  levers=default                a dozen levers with their ranges; or none, or names separated by commas
  unknowns=all                  every drawn parameter; or none, or names separated by commas
  'landing.cut=interval(0,0.4)' another range, or another lever or parameter
  landing.cut=0.25              a fixed value

Runs
  municipality=neutral_city     20,000 households by default; policy=early_signalling, ten years
  study=NAME                    its folder in results/studies; the same command resumes it
  engine.processes=2            processes on this machine; or engine=dask engine.scheduler=tcp://host:8786
  write=true                    write the page in docs/ and its figures

An outcome is any of docs/results.md. Put effect_ before its name for what the policy changes, or
transition_harm_ for the difference from a phase-in period of eight years. Needs the extra: pip install
'landingsbaan[explore]'"""

SENSITIVITY = f"""\
sensitivity [key=value ...]

  method=morris                 elementary effects, to screen all factors; or method=sobol: shares of variance
  outcome=savings,transition_harm_crises  outcomes separated by commas, from the same runs
  samples=10                    trajectories (Morris), or base samples, a power of 2 (Sobol, 128)
  screened=STUDY inputs=20      Sobol: the most important factors of a Morris study, the random seed included
  second_order=true             Sobol: also pairs of factors, for twice the runs
  design_seed=0                 seed of the design

{COMMON}

Examples
  landingsbaan sensitivity study=screening
  landingsbaan sensitivity method=sobol screened=screening outcome=savings"""

DISCOVER = f"""\
discover [key=value ...]

  outcome=breaks_even           outcomes separated by commas, with a box for each
  above=0.5, below=0            when a case fails; by default: no break-even, a saving below zero, or else
                                above the median
  samples=500                   cases, each with its own levers, draw of all unknowns and seed

{COMMON}

Example: landingsbaan discover outcome=breaks_even,transition_harm_crises"""

OPTIMISE = f"""\
optimise [key=value ...]

  outcome=effect_net_cost,...   objectives separated by commas
  robust=worst_quarter          mean over the worst quarter of the draws, or robust=mean
  replications=12                 draws of the unknowns, the same for every policy
  population=24 generations=10  policies in a generation, and generations
  placebo=true                  the first of the front with a mechanism off: what remains of the effect

{COMMON}

Example: landingsbaan optimise landing.cut=0.25 generations=20"""

PHASE_IN = """\
phase-in [key=value ...]

How long must the phase-in period be, for which cut and with how much preparation? Every cut, length and
preparation is compared with a phase-in period of eight years, as announced and with the same money. Lengths
that leave an answer open get more draws, look by look; intervals are corrected for looks and questions.

  cuts=0.05,0.1,0.15,0.25,0.35  shares of the grant
  years=0,2,3,4,5,6,7           lengths of the phase-in period
  ahead=0,2                     years of preparation
  replications=48               draws of the unknowns at the first look, each with a seed
  most_replications=384         draws at the last look; every look has twice as many as the one before
  study=NAME, engine..., write=true, and all keys of a run as in `landingsbaan sweep --help`

Example: landingsbaan phase-in write=true"""

SOLVE = """\
solve target='OUTCOME<=NUMBER' lever=KEY [key=value ...]

Which value of a lever reaches a target, how surely, at what cost, and what else changes? Runs are placed
around the crossing; the answer is tried on held-out draws. Several levers or targets, with commas, go
through the robust search, which needs the extra `explore`.

  target='team_waiting<=2'      an outcome of docs/results.md, <= or >=, and a number; effect_ before the name
                                asks what the lever changes, transition_harm_ how much more there is than
                                with a phase-in period of eight years
  lever=wijkteam.fte_per_1000   or provider.tariff, landing.years, wijkteam.outreach_share: any lever that
                                is a number; '...=interval(0.5,3)' gives it another range
  certainty=0.5                 in which share of the draws the value has to suffice
  outcome=effect_net_cost,...   what else is shown of the answer
  draws=20 seeds_per_draw=2     draws of the unknowns at every level, and seeds of each
  levels=5 rounds=4             levels to begin with, and rounds of more of them near the crossing
  held_out=40                   held-out draws
  population=24 generations=8   of the search for several levers or targets
  placebo=true                  also with a mechanism off: what remains of the effect; false leaves it out
  study=NAME, engine..., and all keys of a run as in `landingsbaan run --help`; policy=reference unless chosen

The same command resumes. docs/how_to/solve.md explains the answer.

Example: landingsbaan solve 'target=team_waiting<=2' lever=wijkteam.fte_per_1000 certainty=0.9"""

MEASURES = """\
measures [policy=NAME | policy.changes={...} | system=NAME] [key=value ...]

What does each measure of a package contribute? The effect of each in the order given, and its Shapley share,
both with 95% intervals; they add up to the effect of the package. A system without a policy is held against
the neutral organisation in the same municipality.

  outcome=net_cost,crises,...   outcomes of docs/results.md with commas, read off the same runs
  by=lever                      a measure is a lever; by=agent takes all levers of an agent together
  replications=20               draws of the unknowns, each with a seed
  orders=4                      with more than six measures: orders sampled in every draw, each also
                                backwards; up to six, all combinations are run
  placebo=true                  also with a mechanism off: what remains of the effect; false leaves it out
  study=NAME, engine..., and all keys of a run as in `landingsbaan run --help`

The same command resumes. docs/how_to/solve.md explains the answer.

Example: landingsbaan measures system=eindhoven by=agent"""

VALUE_OF_INFORMATION = """\
value-of-information [key=value ...]

Which study would settle it? For every unknown, and for every study that would measure some of them: what it
is worth to know it before a policy is chosen (EVPPI), in euro per inhabitant a year, and how often another
policy would be chosen then. All policies are run under the same draws of all unknowns.

  policies=reference,early_signalling   policies to choose from, the one to compare with first
  draws=1000                    draws of all unknowns, at most 4,000
  seeds=2                       random seeds of every draw; two or more show what chance is worth
  unmet_price=0                 euro for a severity-month of need that nobody attends to: your choice;
                                even takes the price at which the first two policies are equally good
  together=NAME,NAME            unknowns that one study of your own would measure
  placebo=true                  also with a mechanism off: what remains of the effect; false leaves it out
  study=NAME, engine..., write=true, and all keys of a run as in `landingsbaan sweep --help`

Example: landingsbaan value-of-information policies=reference,early_signalling write=true"""

STUDY = """\
study flagship [key=value ...]

What pays, when, and for whom? Early signalling, size of the teams, size of the cut and length of the phase-in
together, in a deprived, an average and a well-off municipality, over draws of all unknowns and scenarios of
the grants. Ends with five sentences; emulators with a stated error fill the space between the points run.

  draws=320                     draws of the unknowns, from 20 on; with the other defaults 35,640 runs
  points=4                      sampled points of each draw, besides thirteen named ones, all paired
  second_seed_every=8           every so many draws all is run with a second seed, to tell chance apart
  design_seed=0                 seed of the sampled points
  placebo=true                  help without effect, and a cut with the money of a long phase-in, among the
                                named points; false leaves these four out
  study=NAME                    name of the study in results/studies
  write=true                    writes docs/flagship.md and docs/flagship_nl.md, with maps and the grid of
                                predictions
  engine.processes=2            processes on this machine; or engine=dask engine.scheduler=tcp://host:8786
  language=nl                   the sentences in Dutch; in het Nederlands: wat loont, wanneer en voor wie

All other keys of a run hold for all runs. The same command resumes.

Example: landingsbaan study flagship study=flagship write=true"""

FORECAST = """\
forecast [municipality=NAME] [years=5] [policy=A,B,C] [key=value ...]

Users, cost per law, waiting and staff in the coming years, as fans (median, 50% and 90%), next to what the
municipality has registered and with the errors of the back-test. Writes a page in English and Dutch,
figures, forecast.csv and forecast.xlsx.

  years=5                       years after the last year with known figures, up to 18
  policy=early_signalling,...   up to three alternatives to the current policy, from the first year on
  grants=low,middle,high        growth of the grants after the last year known; scenarios with equal weight
  replications=40               draws of the unknowns, each with a seed
  placebo=true                  also with a mechanism off: what remains of the effect; false leaves it out
  name=NAME folder=FOLDER       where it is stored (results/forecasts); the same command resumes it, and more
                                replications add to it
  engine.processes=2            processes on this machine; or engine=dask engine.scheduler=tcp://host:8786

Groups and other keys are those of `landingsbaan run --help`; municipality.households=2000 simulates a sample.
Examples
  landingsbaan forecast municipality=zaanstad years=5 policy=early_signalling
  landingsbaan forecast municipality=oss grants=middle language=nl"""

COMPARABLE = """\
comparable [municipality=NAME] [policy=early_signalling] [key=value ...]

The municipalities most like one in its registered profile, what the same policy does in each, and whether a
difference comes from the people (same organisation everywhere) or from the organisation (each its own).

  number=3                      how many similar municipalities
  replications=10               draws of the unknowns, each with a seed, the same in every municipality
  placebo=true                  also with a mechanism off: what remains of the effect; false leaves it out
  name=NAME folder=FOLDER       where it is stored (results/comparable); the same command resumes it
  engine.processes=2            processes on this machine; or engine=dask engine.scheduler=tcp://host:8786

Groups and other keys are those of `landingsbaan run --help`; municipality.households=5000 gives every
municipality the same size.
Example: landingsbaan comparable municipality=zaanstad municipality.households=5000"""

USAGES = {
    "sensitivity": SENSITIVITY,
    "discover": DISCOVER,
    "optimise": OPTIMISE,
    "solve": SOLVE,
    "measures": MEASURES,
    "phase-in": PHASE_IN,
    "value-of-information": VALUE_OF_INFORMATION,
    "study": STUDY,
    "forecast": FORECAST,
    "comparable": COMPARABLE,
}


CHOICES = Path(__file__).resolve().parents[2] / "conf"

GROUPS = {
    "municipality": "who lives there: people, wijken, money",
    "system": "how care is organised there; brings its own municipality by default",
    "policy": "what is compared with the reference policy",
    "landing": "the cut and its phase-in period",
    "grants": "growth of grants after the last known year",
    "steering": "patience of the council, money of the phase-in period",
}
AGENT_GROUPS = {
    "household": "how problems change and when households seek help",
    "informal_network": "family, neighbours, volunteers, the social base",
    "referral_source": "schools, GPs, corporations, debt signals",
    "wijkteam": "teams: number, staff, hours, effects",
    "provider": "specialists: prices, contracts, capacity",
    "municipality_government": "reserves, patience, reactions to deficits",
    "landing": "cut, years of the phase-in period, date of the transition",
    "population": "how fixed characteristics vary between households",
}
EXAMPLES = """\
  landingsbaan run
  landingsbaan run system=almere landing=overnight landing.cut=0.25
  landingsbaan run landing.years=5 landing.cut=0.25 wijkteam.count=6
  landingsbaan run municipality=street replication.count=2 output.folder=elsewhere
  landingsbaan run -m landing.years=0,1,3,5,8 wijkteam.outreach_share=0,0.05,0.1"""
OPTIONS = """\
  --help, -h                print this text
  --notes                   print the whole summary instead of one screen
  --cfg job                 print the composed configuration and stop
  --info [what]             print where values come from (all, config, defaults, searchpath, ...)
  --config-dir FOLDER       your own files, in a folder with the layout of conf/; `check FOLDER` checks them
  -m, --multirun            run a study of every combination of values: a=1,2 b=3,4
  --plain                   no colours, no lines around tables, no moving bars; so too where output is piped
  --version                 print the version"""


STORY_USAGE = """\
story [household=N] [pick=WAY] [against=SYSTEM] [key=value ...]

  household=4711            the household with this number, from 0
  pick=typical              the middle one of those whose difference goes in the direction of the average
  pick=largest              the household whose difference goes farthest in that direction
  pick=random               a random household among those whose runs differ
  against=eindhoven         another system in the same municipality, instead of a policy
  language=nl               the text that is printed; both English and Dutch are written

Groups and keys are those of `landingsbaan run --help`; a story uses the first seed and draw.
A story is an illustration; only averages are evidence.

Examples
  landingsbaan story
  landingsbaan story household=4711 language=nl
  landingsbaan story system=zwolle against=eindhoven pick=largest"""


REPORT_USAGE = """\
report FOLDER [key=value ...]

  language=nl               language of the PDF and of the page when it opens; the page has both
  to=FOLDER                 where to write the report; report/ in the run folder by default
  story=FOLDER              a story to include; a story of the same municipality, system, policy and
                            landing in results/stories is found automatically
  comparable=FOLDER         a result of landingsbaan comparable to include; one that fits is found by itself
  compare=FOLDER            a comparison of systems to include
  claims=FOLDER             a finished study of claims to include

Needs the extra `report`: pip install "landingsbaan[report]"

Example: landingsbaan report results/runs/... language=nl"""

PUBLISH_USAGE = """\
publish FOLDER [language=en|nl]

Writes plain pages in English and Dutch: sliders over the flagship study (docs/flagship.md) with intervals,
for the three kinds of municipality that it simulated, and the claims of the sources (docs/claims.md) with a
search. They need no server and ask no other host for anything: put the folder on a website, or open
index.html from a disk. The results are those in docs/, so nothing is simulated.

  FOLDER                    a new folder, an empty one, or one that publish wrote, which is then replaced
  language=nl               language of the page that opens first

Needs the extra `report`: pip install "landingsbaan[report]"

Example: landingsbaan publish explorer language=nl"""

MUNICIPALITY_USAGE = """\
municipality new SLUG | check FILE | add FILE | list [key=value ...]

  new SLUG                  write SLUG.yaml, a template to fill in, with ranges and national figures
    form=csv to=FILE        write CSV; to another file
    cbs=GM0479 year=2016    fill in figures from CBS open data (internet, extra `cbs`)
  check FILE                show every figure, its origin, and what is wrong or doubtful
  add FILE                  put it in ./municipalities, so that municipality=SLUG works
    folder=FOLDER           use another folder; LANDINGSBAAN_MUNICIPALITIES tells runs where it is
  list                      list your own municipalities
  language=nl               language of the template and the messages

docs/municipality_file.md walks through it.

Example: landingsbaan municipality new lutjedijk"""

CHECK_USAGE = """\
check FOLDER [language=en|nl]
       landingsbaan check schema FOLDER

Checks your own files before you use them: policies, systems, municipalities, claims, landings, steering and
grants, each in the subfolder of FOLDER that is called policy, system, municipality, claim, landing, steering
or grants. Every mistake is printed with its file and line, and the exit code is then 2. Nothing is executed
or written.

  schema FOLDER             write a JSON schema of every kind of file into FOLDER/schema, with which an editor
                            completes names and shows units, ranges and sources

docs/how_to/own_files.md walks through it; examples/own_files is such a folder.

Examples
  landingsbaan check examples/own_files
  landingsbaan run policy=more_outreach --config-dir=examples/own_files"""

COMPARE_USAGE = """\
compare system=SYSTEM,SYSTEM,... [key=value ...]
       landingsbaan compare policy=POLICY,... [key=value ...]

  system=zwolle,eindhoven   systems, each on one neutral city and in its own municipality; all are compared
                            with the first one (also as words: compare zwolle eindhoven)
  policy=early_signalling,larger_teams   policies on one city, each compared with one reference policy:
                            differences, cost, how likely each is best, and what is in each

All have the same households, random numbers and uncertain parameters within a replication. Groups and keys
are those of `landingsbaan run --help`. replication.count is 4 by default for systems and 10 for policies.
Policies are put on the neutral city; municipality= and system= name another.

Examples
  landingsbaan compare system=zwolle,eindhoven,alphen_aan_den_rijn municipality.households=5000
  landingsbaan compare policy=early_signalling,larger_teams,edge_of_care municipality=zaanstad"""

SERVE_USAGE = """\
serve [port=8000] [host=127.0.0.1] [language=en|nl] [processes=N]

Opens the dashboard, with sliders for the cut, its phase-in period, teams and early signalling. The landing
and the savings curve respond live, first from a sample of one tenth of the city, then from the whole city
with more and more seeds. It is open to this machine only, unless host= says otherwise (host=0.0.0.0 lets
others in, unencrypted; with LANDINGSBAAN_PASSWORD in the environment they are asked for that password). Stop
it with Ctrl-C. Needs the extra `dashboard`.

Examples
  landingsbaan serve
  landingsbaan serve port=8080 language=nl"""


def general_help() -> str:
    """Return what `landingsbaan --help` prints."""
    width = max(len(name) for name in SUB_COMMANDS)
    commands = "\n".join(f"  {name:<{width}} {meaning}" for name, meaning in SUB_COMMANDS.items())
    return (
        "landingsbaan simulates the households, teams and budgets of a municipality month by month around a\n"
        "decentralisation. It compares policies on the same households with common random numbers.\n\n"
        f"Usage: landingsbaan SUB-COMMAND [key=value ...] [options]\n\nSub-commands\n{commands}\n\n"
        f"Options\n{OPTIONS}\n\nExamples\n{EXAMPLES}\n\n"
        "`landingsbaan run --help` explains the groups and keys."
    )


def run_help() -> str:
    """Return what `landingsbaan run --help` prints: groups, members, keys, examples."""
    groups = "\n".join(
        f"  {name:<14} {meaning}\n{_wrapped(_options_of(name))}" for name, meaning in GROUPS.items()
    )
    agents = "\n".join(f"  {name + '.':<25} {meaning}" for name, meaning in AGENT_GROUPS.items())
    return (
        "Simulate a municipality under the reference policy and another policy, and write a run folder.\n\n"
        "Usage: landingsbaan run [group=member ...] [key=value ...] [options]\n\n"
        f"Groups: choose a member, as system=almere\n{groups}\n\n"
        "Keys: set a value, as wijkteam.count=6; `landingsbaan parameters` lists them all\n"
        f"{agents}\n"
        "  municipality.households   number of households of the same municipality\n"
        "  policy.start              month of the policy, as 2015-01\n"
        "  policy.changes            {lever:value,...}: everything your own policy changes; {} is nothing;\n"
        "                            +policy.changes={...} adds to the changes of the chosen policy\n"
        "  policy.title, .title_nl   name of your own policy in texts and figures; policy.name is its\n"
        "                            name in folder names\n"
        "  replication.count         number of replications, each with one seed and one parameter draw\n"
        "  replication.first_seed    seed of the first one\n"
        "  replication.draws         posterior, ranges or fixed; by default the posterior if there is one\n"
        "  replication.question_count  replications that also have larger and smaller teams, a deeper and a\n"
        "                            faster cut (3 by default); the run ends with a table of them\n"
        "  window.start, .end        first and last month of the results, as 2010-01\n"
        "  output.folder, .figures   folder for run folders; whether to draw figures\n"
        "  language, processes       en or nl; number of processes\n"
        "  decompose=channels        also show through which channels the policy saves, with nested runs\n\n"
        "municipality=netherlands runs every municipality of the country as a separate model and adds them\n"
        "up. After an interruption the same command resumes. With engine=dask\n"
        "engine.scheduler=tcp://host:8786 they run on a cluster.\n\n"
        "Values on the command line come first, then those of the system, then those of the default landing\n"
        "and steering, then the defaults. A lever that the policy changes is set for the policy only; the\n"
        "reference policy keeps its own value.\n\n"
        f"Options\n{OPTIONS}\n\nExamples\n{EXAMPLES}"
    )


def claims_help() -> str:
    """Return what `landingsbaan claims --help` prints."""
    return (
        "Test the claims of the sources as experiments and give each a verdict.\n\n"
        "Usage: landingsbaan claims [C01 C06 ...] [key=value ...]\n"
        "       landingsbaan claims list [C01 ...]      what they say, without a run\n"
        "       landingsbaan claims check [C01 ...]     is the effect null with the mechanism off?\n"
        "       landingsbaan claims write [FOLDER]      write docs/claims.md from a finished study\n\n"
        f"Claims\n{_wrapped(_options_of('claim')).lstrip(chr(10))}\n\n"
        "Keys\n"
        "  replications=500          most replications; a claim stops early when its verdict is certain,\n"
        "                            checked after 50, 100, 200 and 350\n"
        "  households=20000          size of the neutral city; or municipality=zaanstad and the like\n"
        "  seed, processes, language first seed; number of processes; en or nl\n"
        "  name, folder, figures     name of the study; folder for studies; whether to draw figures\n"
        "  all other keys            as in `landingsbaan run --help`; they apply to every arm\n\n"
        "An interrupted study is stored, and the same command resumes it."
    )


def help_for(command: str) -> str:
    """Return the help of one sub-command; without one the general help."""
    if command in ("", "help"):
        return general_help()
    if command == "run":
        return run_help()
    if command == "claims":
        return claims_help()
    usages = {
        "story": STORY_USAGE,
        "calibrate": CALIBRATE_USAGE,
        "validate": VALIDATE_USAGE,
        "backtest": BACKTEST_USAGE,
        "sweep": SWEEP_USAGE,
        "results": RESULTS_USAGE,
        **USAGES,
        "history": "history [key=value ...]\n\n"
        "Runs only the reference policy, in an average municipality by default, and compares it with the\n"
        "national record. Groups and keys are those of `landingsbaan run --help`; by default window.end is\n"
        "2022-12 and output.folder is results/history.\n\n"
        "Example: landingsbaan history system=zaanstad replication.count=20",
        "targets": "targets [key=value ...]\n\nGroups and keys are those of `landingsbaan run --help`.",
        "systems": "systems [name|write|check] [language=en|nl]",
        "compare": COMPARE_USAGE,
        "municipality": MUNICIPALITY_USAGE,
        "check": CHECK_USAGE,
        "serve": SERVE_USAGE,
        "parameters": "parameters [WORD ...]        those with every word in their name or meaning\n"
        "       landingsbaan parameters write|check     docs/parameters.md\n\n"
        "Example: landingsbaan parameters outreach",
        "figures": "figures FOLDER [en|nl]",
        "report": REPORT_USAGE,
        "publish": PUBLISH_USAGE,
        "completion": "completion bash|zsh|fish\n\n"
        'In a start-up file: eval "$(landingsbaan completion bash)"',
    }
    sentence = SUB_COMMANDS[command]
    return f"{sentence[0].upper()}{sentence[1:]}.\n\nUsage: landingsbaan {usages[command]}"


def _options_of(group: str) -> list[str]:
    return sorted(path.stem for path in (CHOICES / group).glob("*.yaml"))


def _wrapped(names: list[str], width: int = 78) -> str:
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) > width:
            lines.append("")
        lines[-1] += f"{name}, "
    return "\n".join(f"      {line.rstrip()}" for line in lines).rstrip(",")
