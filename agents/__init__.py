"""The agents of the model: their state and the rules of their behaviour (ODD 2).

Time step: one month. Spatial unit: one wijk, without distances. Money: integer cents of 2015 in the
state, euros in tables. Severity of a problem: a number in [0, 1]; 1 is a crisis.

* **Household** (`household.py`; records `HOUSEHOLD` and `LIFE`). Fixed: wijk, informal network, income
  fifth, frailty, ties, tenancy, shame. Changing: severity of money, mind, care and safety, and of each
  of up to four children; own strength, trust and the support it receives; care slots in use and waited
  for; partner, months of birth, month of the next candidate event.
* **Informal network** (`informal_network.py`; `NETWORK`). Some 10 to 25 households: capacity,
  tiredness, the need of its members and the share of it that can be met.
* **Wijkteam and youth team** (`wijkteam.py`, with `wijkteam_organisation.py` for its organisation and
  `wijkteam_casework.py` for its casework; `TEAM`). One class, two kinds: fte, experience, quality and
  sharpness, the month's hours by use, caseload, waiting list.
* **Provider** (`provider.py`; `PROVIDER`). One kind of care: staffed and contracted care slots, clients,
  waiting list, staff, price, reserves, months of losses.
* **Municipality** with its council (`municipality.py`; `MUNICIPALITY`). Accounts by law, reserves,
  measures taken, years of deficit; and the conditions of the month that apply to all agents.
* **National government** (`national_government.py`). Grants transferred, the schedule of the cut, the
  phase-in period.
* Referral sources (`referral_source.py`) and other payers have rules or accounts but no state: schools,
  GPs, youth health care, housing corporations, police, district nurses; insurer, long-term care,
  justice, and until the transition the province and national funds.

Record types are declared in `state.py`; names and numbers of kinds of care, routes, laws, lines and
parties in `vocabulary.py`. Households and networks are rows of structured arrays that are also
available as Mesa agents (`model_mixin.py`); teams, providers and governments are ordinary Mesa agents.
Every rule is a small pure function next to the parameters it reads: it takes numbers, random numbers
included, and returns numbers. Nothing here imports `simulation` or `scenarios`.
"""
