"""The exercises: words in English and Dutch, and settings of the sliders as links of the dashboard."""

from collections.abc import Mapping
from dataclasses import dataclass

from agents.vocabulary import PROBLEMS
from scenarios.reporting.texts import filled

WORDS: dict[str, tuple[str, str]] = {
    "lab": ("The landing-strip lab", "Het landingsbaanlab"),
    "lab_lead": (
        "Three exercises of about twelve minutes, and a fourth if there is time. First predict: an interval "
        "that you are 90% sure of. Then see what the model says, and what your interval is worth. Then "
        "explain the difference.",
        "Drie opdrachten van ongeveer twaalf minuten, en een vierde als er tijd over is. Voorspel eerst: een "
        "interval waar je 90% zeker van bent. Kijk dan wat het model zegt en wat je interval waard is. Leg "
        "daarna uit waar het verschil vandaan komt.",
    ),
    "lab_predict": ("1. Predict", "1. Voorspel"),
    "lab_see": ("2. See", "2. Kijk"),
    "lab_explain": ("3. Explain", "3. Leg uit"),
    "lab_explain_only": ("Explain", "Leg uit"),
    "lab_see_later": (
        "Predict first; what the model says appears here.",
        "Voorspel eerst; daarna staat hier wat het model zegt.",
    ),
    "lab_low": ("At least", "Minstens"),
    "lab_high": ("At most", "Hoogstens"),
    "lab_press": ("See what the model says", "Bekijk wat het model zegt"),
    "lab_open": ("Look at it on the other pages", "Bekijk het op de andere pagina's"),
    "lab_first": (
        "Fill in two numbers first: the lowest and the highest that you expect, so that you are 90% sure.",
        "Vul eerst twee getallen in: het laagste en het hoogste dat je verwacht, zo dat je 90% zeker bent.",
    ),
    "lab_busy": ("Calculating: {count} of {most} replications.", "Bezig: {count} van {most} berekeningen."),
    "lab_done": (
        "{count} replications of {place}, one tenth of it where it is large.",
        "{count} berekeningen van {place}; van een grote gemeente een tiende.",
    ),
    "lab_questions": ("Questions", "Vragen"),
    "lab_answer": ("Your explanation", "Jouw uitleg"),
    "lab_discussion": ("Discussion", "Bespreking"),
    "lab_what": ("What", "Wat"),
    "lab_mean": ("Mean", "Gemiddeld"),
    "lab_interval": ("90% of the replications", "90% van de berekeningen"),
    "lab_ends": ("{low} to {high}", "{low} tot {high}"),
    "lab_mine": ("your prediction", "jouw voorspelling"),
    "lab_model": ("the model", "het model"),
    "lab_strip": (
        "Every dot is a replication of the model. The model's 90% interval is {low} to {high}; your "
        "prediction is {mine_low} to {mine_high}.",
        "Elke stip is een berekening van het model. Het 90%-interval van het model is {low} tot {high}; jouw "
        "voorspelling is {mine_low} tot {mine_high}.",
    ),
    "lab_score": (
        "Inside your interval: {inside} of {count} replications; at 90% certainty it should be {should}. "
        "Your score is {points}. The best interval in hindsight scores {best}, knowing only that it lies "
        "between {scale_low} and {scale_high} scores 0, and less than 0 is worse than knowing nothing.",
        "Binnen jouw interval: {inside} van de {count} berekeningen; bij 90% zekerheid horen dat er {should} "
        "te zijn. Je score is {points}. Het beste interval achteraf scoort {best}, wie alleen weet "
        "dat het tussen {scale_low} en {scale_high} ligt scoort 0, en onder 0 is slechter dan niets weten.",
    ),
    "lab_score_how": (
        "The score is an interval score: a narrow interval scores better, but for every replication outside "
        "it you pay twenty times the distance. So it does not pay to sound more certain than you are, nor "
        "less.",
        "De score is een intervalscore: een smal interval scoort beter, maar voor elke berekening erbuiten "
        "betaal je twintig keer de afstand. Stelliger doen dan je bent loont dus niet, en voorzichtiger "
        "doen ook niet.",
    ),
    "lab_total": (
        "Inside all your intervals: {inside} of {count} replications. {verdict} Mean score: {points}.",
        "Binnen al je intervallen samen: {inside} van de {count} berekeningen. {verdict} Gemiddelde score: "
        "{points}.",
    ),
    "lab_too_sure": ("You were surer than you could know.", "Je was zekerder dan je kon weten."),
    "lab_too_wide": (
        "Everything lies inside: you could have been more precise.",
        "Alles valt erbinnen: het had preciezer gekund.",
    ),
    "lab_well": (
        "That fits intervals that are 90% sure.",
        "Dat past bij intervallen met 90% zekerheid.",
    ),
    "lab_no_forecast": (
        "The model compares policies under stated assumptions. Nothing here is a forecast, and one story "
        "is not evidence.",
        "Het model vergelijkt beleid onder de genoemde aannames. Niets hier is een voorspelling van wat er "
        "echt gebeurt, en één verhaal is geen bewijs.",
    ),
    "without": ("Mechanism switched off", "Uitgeschakeld mechanisme"),
    "without_nothing": ("none", "geen"),
    "without_escalation": ("problems get worse by themselves", "problemen verergeren vanzelf"),
    "without_spill_over": ("problems lead to other problems", "problemen leiden tot andere problemen"),
    "without_team_help": ("help from teams has an effect", "hulp van wijkteams werkt"),
    # Landing.
    "phase_in_title": ("1. Land on 1,500 and on 3,000 metres", "1. Land op 1.500 en op 3.000 meter"),
    "phase_in_task": (
        "An alderman said that a plane needs 3,000 metres and gets 1,500: you stop in time, but bruised. "
        "Here 3,000 m is a landing strip of five years and 1,500 m one of two and a half. Both end at the "
        "same cut of 25%, and every replication flies both with the same people and the same chance.",
        "Een wethouder zei dat een vliegtuig 3.000 meter nodig heeft en er 1.500 krijgt: je staat op tijd "
        "stil, maar met blauwe plekken. Hier is 3.000 m een landingsbaan van vijf jaar en 1.500 m een van "
        "tweeënhalf. Beide eindigen bij dezelfde korting van 25%, en elke berekening maakt beide landingen "
        "met dezelfde inwoners en hetzelfde toeval.",
    ),
    "phase_in_predict": (
        "How much more does the municipality pay beyond its grants on 1,500 m than on 3,000 m? Euro per "
        "inhabitant per year, mean of the first ten years; below zero is less.",
        "Hoeveel legt de gemeente op 1.500 m meer bij boven op het rijksbudget dan op 3.000 m? Euro per "
        "inwoner per jaar, gemiddeld over de eerste tien jaar; onder nul is minder.",
    ),
    "phase_in_unit": ("euro per inhabitant per year", "euro per inwoner per jaar"),
    "phase_in_row_short": (
        "what the municipality pays beyond its grants on 1,500 m",
        "wat de gemeente op 1.500 m bijlegt boven op het rijksbudget",
    ),
    "phase_in_row_long": (
        "what the municipality pays beyond its grants on 3,000 m",
        "wat de gemeente op 3.000 m bijlegt boven op het rijksbudget",
    ),
    "phase_in_row_pair": (
        "how much more that is on 1,500 m than on 3,000 m",
        "hoeveel meer dat is op 1.500 m dan op 3.000 m",
    ),
    "phase_in_row_speed": (
        "the part that comes from cutting faster, with the same money in total",
        "het deel dat komt doordat de korting sneller gaat, met in totaal hetzelfde geld",
    ),
    "phase_in_row_money": (
        "the part that comes from getting less money in total",
        "het deel dat komt doordat er in totaal minder geld is",
    ),
    "phase_in_finding": (
        "Difference between 1,500 m and 3,000 m (above zero: 1,500 m costs more): {change}. Taken by itself, "
        "the cost of each strip is uncertain: intervals of {apart} euro wide. Taken replication by "
        "replication, the difference has an interval of {paired} euro wide.",
        "Verschil tussen 1.500 m en 3.000 m (boven nul: 1.500 m kost meer): {change}. Op zichzelf is van "
        "elke baan onzeker wat die kost: intervallen van {apart} euro breed. Berekening voor berekening "
        "vergeleken heeft het verschil een interval van {paired} euro breed.",
    ),
    "phase_in_sides": ("1,500 m costs less|1,500 m costs more", "1.500 m kost minder|1.500 m kost meer"),
    "phase_in_set": ("1,500 m and 3,000 m, a cut of 25%", "1.500 m en 3.000 m, een korting van 25%"),
    "phase_in_question_1": (
        "Why is the interval of the difference so much narrower than those of the two strips?",
        "Waarom is het interval van het verschil zoveel smaller dan dat van de twee banen?",
    ),
    "phase_in_question_2": (
        "A longer strip is slower and also brings more money. Which of the two makes the difference here, "
        "and how does the table separate them?",
        "Een langere baan is langzamer en brengt ook meer geld. Welk van de twee maakt hier het verschil, en "
        "hoe houdt de tabel ze uit elkaar?",
    ),
    "phase_in_question_3": (
        "Money is not everything. Open the tab Landing: which harms does the short strip do, and are they "
        "certain?",
        "Geld is niet alles. Open het tabblad Landing: welke schade richt de korte baan aan, en is die "
        "zeker?",
    ),
    "phase_in_discussion": (
        "Replications differ much more from one another than two landings in one replication: other people, "
        "other chance, other assumptions. In a pair all of that is equal and drops out, so only the landing "
        "remains. As announced, speed and money change together: the long strip has years of grant that the "
        "short one never gets. The row with the same money gives the short strip that difference as a "
        "reserve on day one, and so measures speed. No study isolates the speed of a cut, so the model "
        "cannot be checked on it; claim C06 (docs/claims.md) has both numbers for a city like the country.",
        "Berekeningen verschillen onderling veel meer dan twee landingen binnen één berekening: andere "
        "inwoners, ander toeval, andere aannames. In een paar is dat allemaal gelijk en valt het weg; alleen "
        "de landing blijft over. Zoals aangekondigd veranderen snelheid en geld tegelijk: de lange baan "
        "krijgt jaren budget die de korte nooit krijgt. De regel met hetzelfde geld geeft de korte baan dat "
        "verschil op dag één als reserve en meet dus snelheid. Geen onderzoek heeft de snelheid van een "
        "korting apart gemeten, dus daarop is het model niet te toetsen; bewering C06 (docs/claims.md) geeft "
        "beide getallen voor een stad die op het hele land lijkt.",
    ),
    # Break.
    "break_title": (
        "2. Break the model: switch one mechanism off",
        "2. Breek het model: zet één mechanisme uit",
    ),
    "break_task": (
        "Early signalling should pay because problems get worse, spread and can be helped. Choose one of "
        "these mechanisms and switch it off, with and without the policy, from the first month on. An "
        "effect that stays does not depend on it.",
        "Vroegsignalering zou lonen doordat problemen erger worden, andere problemen veroorzaken en te "
        "verhelpen zijn. Kies een van deze mechanismen en zet het uit, met en zonder het beleid, vanaf de "
        "eerste maand. Een effect dat blijft, hangt er niet van af.",
    ),
    "break_predict": (
        "By how much does the saving of the municipality change when the mechanism is off? Euro per "
        "inhabitant per year; below zero means that less is saved.",
        "Hoeveel verandert de besparing van de gemeente als het mechanisme uit staat? Euro per inwoner per "
        "jaar; onder nul betekent dat er minder wordt bespaard.",
    ),
    "break_unit": ("euro per inhabitant per year", "euro per inwoner per jaar"),
    "break_row_whole": ("saved with every mechanism", "bespaard met elk mechanisme"),
    "break_row_broken": ("saved with the mechanism off", "bespaard zonder het mechanisme"),
    "break_row_change": ("change, in pairs", "verandering, in paren"),
    "break_finding": (
        "Change in the saving with the mechanism off ({mechanism}): {change}.",
        "Verandering van de besparing zonder het mechanisme ({mechanism}): {change}.",
    ),
    "break_sides": ("saves less|saves more", "bespaart minder|bespaart meer"),
    "break_set": ("With every mechanism", "Met elk mechanisme"),
    "break_set_escalation": ("Problems do not get worse by themselves", "Problemen verergeren niet vanzelf"),
    "break_set_spill_over": (
        "Problems do not lead to other problems",
        "Problemen leiden niet tot andere problemen",
    ),
    "break_set_team_help": ("Help from teams has no effect", "Hulp van wijkteams werkt niet"),
    "break_question_1": (
        "Does the saving depend on your mechanism? Compare with somebody who switched off another one.",
        "Hangt de besparing van jouw mechanisme af? Vergelijk met iemand die een ander mechanisme uitzette.",
    ),
    "break_question_2": (
        "If help had no effect and money were still saved, where would that money come from?",
        "Stel dat hulp niet werkt en er toch geld wordt bespaard: waar komt dat geld dan vandaan?",
    ),
    "break_question_3": (
        "Which of these mechanisms has been measured, and which is assumed? Look in docs/parameters.md.",
        "Welk van deze mechanismen is gemeten, en welk is aangenomen? Kijk in docs/parameters.md.",
    ),
    "break_discussion": (
        "If early help pays because it stops problems from getting worse, it must pay less when problems do "
        "not get worse. If the saving stays when help has no effect, something else saved the money: hours "
        "that go elsewhere, or people who wait with a team instead of with a more expensive provider. A "
        "model in which nothing can be broken has its result built in. The command landingsbaan claims check "
        "does this test for every claim of the sources.",
        "Als vroege hulp loont doordat problemen niet verergeren, moet ze minder lonen wanneer problemen "
        "niet vanzelf verergeren. Blijft de besparing bestaan als hulp niet werkt, dan komt het geld ergens "
        "anders vandaan: van uren die ergens anders heen gaan, of van mensen die bij een wijkteam wachten in "
        "plaats van bij een duurdere aanbieder. In een model waarin niets stuk kan, zit de uitkomst "
        "ingebakken. De opdracht landingsbaan claims check doet deze toets voor elke bewering uit de "
        "bronnen.",
    ),
    # Shift.
    "shift_title": (
        "3. Find the policy that only shifts cost",
        "3. Zoek het beleid dat kosten alleen verschuift",
    ),
    "shift_task": (
        "A policy can save the municipality money while others pay: insurers, the state, or people who go "
        "without help. Set a policy with the sliders (Answer, Adjust) so that the municipality saves and "
        "all payers together do not. Come back, predict, and see in how many replications you succeed.",
        "Beleid kan de gemeente geld besparen terwijl anderen betalen: verzekeraars, het Rijk, of mensen die "
        "zonder hulp zitten. Stel met de schuiven (Antwoord, Aanpassen) beleid in waarmee de gemeente "
        "bespaart en alle betalers samen niet. Kom terug, voorspel en kijk in hoeveel berekeningen het lukt.",
    ),
    "shift_predict": (
        "What do all payers together save under your policy? Euro per inhabitant per year; below zero is a "
        "cost.",
        "Wat besparen alle betalers samen onder jouw beleid? Euro per inwoner per jaar; onder nul is een "
        "kostenpost.",
    ),
    "shift_unit": ("euro per inhabitant per year", "euro per inwoner per jaar"),
    "shift_row_municipality": ("the municipality saves", "de gemeente bespaart"),
    "shift_row_others": ("insurers and the state save", "verzekeraars en het Rijk besparen"),
    "shift_row_together": ("all payers together save", "alle betalers samen besparen"),
    "shift_row_unmet": (
        "more need without help (severity-months per 1,000 households a year)",
        "meer nood zonder hulp (ernstmaanden per 1.000 huishoudens per jaar)",
    ),
    "shift_finding": (
        "{policy}: in {shifted} of {count} replications the municipality saves while all payers together "
        "save nothing. Together: {change}.",
        "{policy}: in {shifted} van de {count} berekeningen bespaart de gemeente terwijl alle betalers samen "
        "niets besparen. Samen: {change}.",
    ),
    "shift_nothing": (
        "Your policy changes nothing but the landing, so there is nothing to shift. Move a slider of the "
        "policy or of the teams first.",
        "Jouw beleid verandert alleen de landing, dus er valt niets te verschuiven. Verzet eerst een schuif "
        "van het beleid of van de wijkteams.",
    ),
    "shift_sides": ("together it costs|together it saves", "samen kost het|samen bespaart het"),
    "shift_set": ("Early signalling with fewer staff", "Vroegsignalering met minder personeel"),
    "shift_question_1": (
        "Of every euro that the municipality saves, how much do others pay?",
        "Hoeveel betalen anderen van elke euro die de gemeente bespaart?",
    ),
    "shift_question_2": (
        "Who pays without a bill? Look at the need without help.",
        "Wie betaalt er zonder rekening te krijgen? Kijk naar de nood zonder hulp.",
    ),
    "shift_question_3": (
        "What would a council have to ask for, in order to see this in a budget proposal?",
        "Waar moet een gemeenteraad om vragen om dit in een begrotingsvoorstel te kunnen zien?",
    ),
    "shift_discussion": (
        "Fewer team staff is cheaper for the municipality, and part of what it saves comes back with "
        "insurers and the state, as crises and heavier care. Whether all payers together gain or lose is "
        "often inconclusive. With clearly fewer staff it is soon certain that more people go without help: "
        "cheaper with more need without help is shifted, not saved. So a saving says something only next "
        "to who pays and who waits. Note that the slider for staff changes the policy alone, so signalling "
        "and staff can both differ from the reference, and you cannot attribute the difference to one of "
        "them.",
        "Minder personeel in de wijkteams is goedkoper voor de gemeente, en een deel van die besparing "
        "komt bij verzekeraars en het Rijk terug als crises en zwaardere zorg. Of alle betalers samen "
        "winnen of verliezen, is vaak onzeker. Met duidelijk minder personeel staat al gauw vast dat meer "
        "mensen zonder hulp zitten: goedkoper met meer nood zonder hulp is verschoven, niet bespaard. Een "
        "besparing zegt dus pas iets naast de vraag wie betaalt en wie wacht. Let op: de schuif voor "
        "personeel verandert alleen het beleid. Signalering en personeel kunnen dus allebei verschillen "
        "van de referentie, en dan is het verschil niet aan één van beide toe te schrijven.",
    ),
    # Household.
    "household_title": (
        "4. If there is time: follow one household",
        "4. Als er tijd is: volg één huishouden",
    ),
    "household_task": (
        "Behind every number are households. Read the story of one: the same people, events and random "
        "numbers, with and without the policy.",
        "Achter elk getal zitten huishoudens. Lees het verhaal van één huishouden: dezelfde mensen, dezelfde "
        "gebeurtenissen en hetzelfde toeval, met en zonder het beleid.",
    ),
    "household_set": ("The full programme", "Het volledige programma"),
    "household_question_1": (
        "In which month do the two lives first differ, and because of which signal?",
        "In welke maand lopen de twee levens voor het eerst uiteen, en door welk signaal?",
    ),
    "household_question_2": (
        "Who pays more in the first life, and who in the second?",
        "Wie betaalt meer in het ene leven, en wie in het andere?",
    ),
    "household_question_3": (
        "The story says how the household was chosen and how typical it is. Would you show it to a council? "
        "What would you say with it?",
        "Het verhaal zegt hoe het huishouden is gekozen en hoe gewoon het is. Zou je het aan een "
        "gemeenteraad laten zien? Wat zou je erbij zeggen?",
    ),
    "household_discussion": (
        "A story shows how a mechanism works in one household; it does not show that it works in general. "
        "Part of the difference between the two lives is chance that averages out: neighbours on the same "
        "list, a provider that stops a month later. Whoever picks the story can choose what it shows, so "
        "always say how it was picked.",
        "Een verhaal laat zien hoe iets in één huishouden werkt; het laat niet zien dat het in het algemeen "
        "werkt. Een deel van het verschil tussen de twee levens is toeval dat zich uitmiddelt: buren op "
        "dezelfde wachtlijst, een aanbieder die een maand later stopt. Wie het verhaal kiest, bepaalt wat "
        "het laat zien; vermeld dus altijd hoe het gekozen is.",
    ),
    # Only in the notebook.
    "notebook_begin": (
        "You need the project and Jupyter: `pip install -c constraints.txt -e '.[dashboard]' jupyterlab`, "
        "then `jupyter lab docs/lab`. The dashboard (`landingsbaan serve`) has the same exercises. The "
        "first answer also compiles the rules, which takes about a minute; the others take seconds.",
        "Je hebt het project en Jupyter nodig: `pip install -c constraints.txt -e '.[dashboard]' "
        "jupyterlab`, dan `jupyter lab docs/lab`. Dezelfde opdrachten staan op het dashboard "
        "(`landingsbaan serve`). Het eerste antwoord moet ook de regels compileren, wat ongeveer een minuut "
        "duurt; de andere antwoorden duren seconden.",
    ),
    "notebook_fill_in": (
        "Replace the dots by your prediction and run the cell.",
        "Zet je voorspelling op de plaats van de puntjes en voer de cel uit.",
    ),
    "notebook_sliders": (
        "Change the policy too: `fte` (team staff per 1,000 inhabitants, now 0.9), `extra` (extra staff), "
        "`signalling` (0 to 1), `base` (euro per inhabitant a year for the social base), `teams` (number).",
        "Verander ook het beleid: `fte` (personeel van de wijkteams per 1.000 inwoners, nu 0,9), `extra` "
        "(extra personeel), `signalling` (0 tot 1), `base` (euro per inwoner per jaar voor de sociale "
        "basis), `teams` (aantal).",
    ),
    "notebook_mechanism": (
        '`without` is the mechanism: "escalation", "spill_over" or "team_help".',
        '`without` is het mechanisme: "escalation" (verergeren), "spill_over" (andere problemen) of '
        '"team_help" (hulp van wijkteams).',
    ),
    "notebook_version": ("Result version `{version}`.", "Resultaatversie `{version}`."),
    "notebook_answer": ("Your explanation:", "Jouw uitleg:"),
}


def word(key: str, language: str, **values: object) -> str:
    """Return a text of the lab with its values filled in.

    Examples
    --------
    >>> word("lab", "nl")
    'Het landingsbaanlab'
    """
    return filled(WORDS, key, language, **values)


# Mechanisms that can be taken out of the model, to see what rests on them.

# By name, the parameters under which the mechanism does nothing, from the first month on.
MECHANISMS: Mapping[str, Mapping[str, float | list[float]]] = {
    "escalation": {"household.escalation_per_month": [0.0] * len(PROBLEMS)},
    "spill_over": {
        "household.money_to_mind": 0.0,
        "household.money_to_safety": 0.0,
        "household.mind_to_youth": 0.0,
        "household.mind_to_safety": 0.0,
    },
    "team_help": {
        "wijkteam.light_help_effect": 0.0,
        "wijkteam.support_effect": 0.0,
        "wijkteam.harm": 0.0,
        "household.help_raises_tipping": 0.0,
    },
}


def without(name: str) -> list[str]:
    """Return the words that take a mechanism out, for `landingsbaan run` and for `fly`.

    Examples
    --------
    >>> without("spill_over")[0]
    'household.money_to_mind=0.0'
    """
    return [f"{key}={value}".replace(" ", "") for key, value in MECHANISMS[name].items()]


QUESTIONS = 3


@dataclass(frozen=True)
class Exercise:
    """One exercise of the lab; its words are those that begin with its name.

    Attributes
    ----------
    name : str
    settings : tuple of (str, str)
        Word on a button, and the part of a link that it sets.
    scale : tuple of (float, float), optional
        What somebody would predict who knows nothing, in the unit of the exercise; None where nothing is
        predicted.
    tab : str
        The tab of the dashboard that shows more of it.
    """

    name: str
    settings: tuple[tuple[str, str], ...]
    scale: tuple[float, float] | None = None
    tab: str = "money"

    def questions(self) -> list[str]:
        """Return the names of its questions among the words."""
        return [f"{self.name}_question_{number}" for number in range(1, QUESTIONS + 1)]


EXERCISES = {
    each.name: each
    for each in (
        Exercise(
            "phase_in",
            (("phase_in_set", "a=cut:0.25,phase_in:2.5&b=cut:0.25,phase_in:5"),),
            scale=(-50.0, 50.0),
            tab="landing",
        ),
        Exercise(
            "break",
            (
                ("break_set", "a=signalling:1"),
                ("break_set_escalation", "a=signalling:1&without=escalation"),
                ("break_set_spill_over", "a=signalling:1&without=spill_over"),
                ("break_set_team_help", "a=signalling:1&without=team_help"),
            ),
            scale=(-50.0, 50.0),
        ),
        Exercise("shift", (("shift_set", "a=signalling:1,fte:0.7"),), scale=(-100.0, 100.0)),
        Exercise("household", (("household_set", "a=signalling:1"),), tab="people"),
    )
}
