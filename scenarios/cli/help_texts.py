"""What `--help` says. Light: it lists the folder of choices and imports nothing heavy."""

from pathlib import Path

from scenarios.cli.command_line import SUB_COMMANDS
from scenarios.cli.help_of_explorations import USAGES
from scenarios.cli.help_of_studies import CALIBRATE_USAGE, RESULTS_USAGE, SWEEP_USAGE, VALIDATE_USAGE

CHOICES = Path(__file__).resolve().parents[2] / "conf"

GROUPS = {
    "municipality": "who lives there: people, wijken, money",
    "system": "how care is organised there; picks its own municipality unless told otherwise",
    "policy": "what is compared with the reference",
    "landing": "the cut and its phase-in period",
    "grants": "growth of grants after the last year known",
    "steering": "patience of the council, money of the strip",
    "luck": "seeds only, or draws of uncertain parameters too",
}
AGENT_GROUPS = {
    "household": "how problems move and when help is sought",
    "informal_network": "kin, neighbours, volunteers, the social base",
    "finding_place": "schools, GPs, corporations, debt signals",
    "wijkteam": "teams: number, staff, hours, effects",
    "provider": "specialists: prices, contracts, capacity",
    "municipality_government": "reserves, patience, reactions to deficits",
    "landing": "cut, years of the strip, date of the transition",
    "population": "how fixed traits vary between households",
}
EXAMPLES = """\
  landingsbaan run
  landingsbaan run system=almere landing=overnight landing.cut=0.25
  landingsbaan run landing.years=5 landing.cut=0.25 wijkteam.count=6
  landingsbaan run municipality=street luck.pairs=2 output.folder=elsewhere
  landingsbaan run -m landing.years=0,1,3,5,8 wijkteam.outreach_share=0,0.05,0.1"""
OPTIONS = """\
  --help, -h                this text
  --cfg job                 print the composed configuration and stop
  --info [what]             print where values come from (all, config, defaults, searchpath, ...)
  --config-dir FOLDER       systems and policies of your own, in a folder with the layout of conf/
  -m, --multirun            a study of every combination of values: a=1,2 b=3,4
  --shell-completion install=bash|zsh|fish
                            print a completion script, for eval or a start-up file
  --version                 print the version"""


STORY_USAGE = """\
story [household=N] [pick=WAY] [against=SYSTEM] [key=value ...]

  household=4711            the household with this number, from 0
  pick=typical              the middle one of those whose difference goes in the direction of the average
  pick=largest              the one whose difference goes farthest in that direction
  pick=random               drawn by lot from all whose lives differ
  against=eindhoven         another system on the same municipality, instead of a policy
  language=nl               which of the two texts is printed; both are written, in English and Dutch

Groups and keys are those of `landingsbaan run --help`; a story is told of the first seed and draw.
A story illustrates; only averages are evidence.

Examples
  landingsbaan story
  landingsbaan story household=4711 language=nl
  landingsbaan story system=zwolle against=eindhoven pick=largest"""


REPORT_USAGE = """\
report FOLDER [key=value ...]

  language=nl               language of the PDF, and in which the page opens; the page holds both
  to=FOLDER                 where the report stands; report/ in the run folder unless told otherwise
  story=FOLDER              a story to tell in it; one of the same municipality, system, policy and
                            landing in results/stories is found by itself
  compare=FOLDER            a comparison of systems to put beside it
  claims=FOLDER             a finished study of claims to put beside it

Needs the extra `report`: pip install "landingsbaan[report]"

Example: landingsbaan report results/runs/... language=nl"""

MUNICIPALITY_USAGE = """\
municipality new SLUG | check FILE | add FILE | list [key=value ...]

  new SLUG                  writes SLUG.yaml, a template to fill in, with ranges and the country's figures
    form=csv to=FILE        as CSV; in another file
    cbs=GM0479 year=2016    filled in with what CBS open data knows (internet, extra `cbs`)
  check FILE                tells every figure, whose it is, what cannot be right and what is doubtful
  add FILE                  puts it in ./municipalities, after which municipality=SLUG works
    folder=FOLDER           in another folder; LANDINGSBAAN_MUNICIPALITIES names the one runs look in
  list                      the municipalities of one's own
  language=nl               language of the template and of what is told

docs/own_municipality.md walks through it.

Example: landingsbaan municipality new lutjedijk"""

SERVE_USAGE = """\
serve [port=8000] [host=127.0.0.1] [language=en|nl] [processes=N]

Opens the dashboard: sliders for the cut, its strip, teams and early signalling; the landing and the
savings curve answer live, first from a sample of one tenth of the city, then from the whole city with
more and more seeds. It listens to this machine alone unless host= says otherwise (host=0.0.0.0 lets
others in, unencrypted and without passwords). Stop it with Ctrl-C. It needs the extra `dashboard`.

Examples
  landingsbaan serve
  landingsbaan serve port=8080 language=nl"""


def general_help() -> str:
    """Return what `landingsbaan --help` prints."""
    commands = "\n".join(f"  {name:<12} {meaning}" for name, meaning in SUB_COMMANDS.items())
    return (
        "landingsbaan simulates a municipality, its households, teams and budgets, month by month around\n"
        "a decentralisation, and compares policies on the same households with the same luck.\n\n"
        f"Usage: landingsbaan SUB-COMMAND [key=value ...] [options]\n\nSub-commands\n{commands}\n\n"
        f"Options\n{OPTIONS}\n\nExamples\n{EXAMPLES}\n\n"
        "`landingsbaan run --help` explains the groups and keys."
    )


def run_help() -> str:
    """Return what `landingsbaan run --help` prints: groups, members, keys, examples."""
    groups = "\n".join(
        f"  {name:<14} {meaning}\n{_wrapped(_members(name))}" for name, meaning in GROUPS.items()
    )
    agents = "\n".join(f"  {name + '.':<25} {meaning}" for name, meaning in AGENT_GROUPS.items())
    return (
        "Simulate a municipality under the reference and under a policy, and write a run folder.\n\n"
        "Usage: landingsbaan run [group=member ...] [key=value ...] [options]\n\n"
        f"Groups: choose a member, as system=almere\n{groups}\n\n"
        "Keys: set a value, as wijkteam.count=6; `landingsbaan parameters` lists them all\n"
        f"{agents}\n"
        "  municipality.households   another size of the same municipality\n"
        "  policy.start              month of the policy, as 2015-01\n"
        "  policy.changes            {lever:value,...}: all that an own policy changes; {} changes nothing;\n"
        "                            +policy.changes={...} adds to those of the policy chosen\n"
        "  policy.title, .title_nl   what an own policy is called in texts and figures; policy.name in\n"
        "                            names of folders\n"
        "  luck.pairs, .first_seed   pairs of seed and parameter draw\n"
        "  window.start, .end        first and last month that are reported, as 2010-01\n"
        "  output.folder, .figures   where run folders stand; whether figures are drawn\n"
        "  language, processes       en or nl; number of processes\n"
        "  decompose=channels        also by which channel the policy saves, from nested runs\n\n"
        "municipality=netherlands runs every municipality of the country as a model of its own and sums\n"
        "them; interrupted, the same command goes on; with engine=dask engine.scheduler=tcp://host:8786\n"
        "they run on a cluster.\n\n"
        "A value on the command line counts above the system's, the system's above the landing and\n"
        "steering chosen by default, and these above the defaults. A lever that the policy changes is\n"
        "set for the policy; the reference keeps its own.\n\n"
        f"Options\n{OPTIONS}\n\nExamples\n{EXAMPLES}"
    )


def claims_help() -> str:
    """Return what `landingsbaan claims --help` prints."""
    return (
        "Run the claims of the sources as experiments and give each a verdict.\n\n"
        "Usage: landingsbaan claims [C01 C06 ...] [key=value ...]\n"
        "       landingsbaan claims check [C01 ...]     does the effect vanish with the mechanism off\n"
        "       landingsbaan claims write [FOLDER]      write docs/claims.md from a finished study\n\n"
        f"Claims\n{_wrapped(_members('claim')).lstrip(chr(10))}\n\n"
        "Keys\n"
        "  pairs=500                 most pairs of a draw and a seed; a claim stops early when its verdict\n"
        "                            is safe, looked at after 50, 100, 200 and 350\n"
        "  households=20000          size of the neutral city; or municipality=zaanstad and the like\n"
        "  seed, processes, language first seed; number of processes; en or nl\n"
        "  name, folder, figures     name of the study; where studies stand; whether figures are drawn\n"
        "  all other keys            as in `landingsbaan run --help`; they hold in every arm\n\n"
        "An interrupted study keeps what is done: the same command goes on with it."
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
        "sweep": SWEEP_USAGE,
        "results": RESULTS_USAGE,
        **USAGES,
        "history": "history [key=value ...]\n\n"
        "Runs the reference alone, of an average municipality unless told otherwise, and puts it beside\n"
        "the record of the country. Groups and keys are those of `landingsbaan run --help`; window.end is\n"
        "2022-12 and output.folder results/history unless set.\n\n"
        "Example: landingsbaan history system=zaanstad luck.pairs=20",
        "targets": "targets [key=value ...]\n\nGroups and keys are those of `landingsbaan run --help`.",
        "systems": "systems [name|write|check] [language=en|nl]",
        "compare": "compare SYSTEM [SYSTEM ...] [key=value ...]\n\n"
        "The first system is the one others are compared with. Groups and keys are those of\n"
        "`landingsbaan run --help`; luck.pairs is 4 unless set, municipality.households sizes every "
        "place.\n\n"
        "Example: landingsbaan compare zwolle eindhoven alphen_aan_den_rijn municipality.households=5000",
        "municipality": MUNICIPALITY_USAGE,
        "serve": SERVE_USAGE,
        "parameters": "parameters [write|check]",
        "figures": "figures FOLDER [en|nl]",
        "report": REPORT_USAGE,
        "completion": "completion bash|zsh|fish\n\n"
        'In a start-up file: eval "$(landingsbaan completion bash)"',
    }
    sentence = SUB_COMMANDS[command]
    return f"{sentence[0].upper()}{sentence[1:]}.\n\nUsage: landingsbaan {usages[command]}"


def _members(group: str) -> list[str]:
    return sorted(path.stem for path in (CHOICES / group).glob("*.yaml"))


def _wrapped(names: list[str], width: int = 78) -> str:
    lines = [""]
    for name in names:
        if len(lines[-1]) + len(name) > width:
            lines.append("")
        lines[-1] += f"{name}, "
    return "\n".join(f"      {line.rstrip()}" for line in lines).rstrip(",")
