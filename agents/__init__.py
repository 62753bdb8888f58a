"""The cast: who is in the model, what each remembers, and its rules (ODD 2).

Unit of time: one month. Unit of space: one wijk, without distances. Money: whole cents of 2015
inside, euros in tables. Severity of a problem: a number in [0, 1]; 1 is a crisis.

* **Household** (`household.py`; records `HOUSEHOLD` and `LIFE`). Fixed while it lives: wijk, informal
  network, income fifth, frailty, ties, tenancy, shame. Changing: severity of money, mind, care and
  safety, and of each of up to four children; own strength, trust and the support it receives; places
  in care and on waiting lists; partner, months of birth, next event of its calendar.
* **Informal network** (`informal_network.py`; `NETWORK`). A circle of some 10 to 25 households:
  capacity, tiredness, the need laid on it and the share of it that can be met.
* **Wijkteam and youth team** (`wijkteam.py`, with `wijkteam_organisation.py` for how it is
  organised and `wijkteam_casework.py` for whom it helps; `TEAM`). One class, two kinds: fte, experience,
  quality and sharpness, the month's hours by use, caseload, waiting list.
* **Provider** (`provider.py`; `PROVIDER`). One kind of care: places staffed and contracted, clients,
  waiting list, staff, price, reserves, months of losses.
* **Municipality** with its council (`municipality.py`; `MUNICIPALITY`). Accounts by law, reserves,
  measures taken, years of deficit; and what holds for everybody this month.
* **National government** (`national_government.py`). Sums transferred, the cut's schedule, the
  phase-in period.
* Referral sources (`referral_source.py`) and other payers have rules or accounts but no state: schools,
  GPs, youth health care, housing corporations, police, district nurses; insurer, long-term care,
  justice, and until the transition the province and national funds.

The records are declared in `state.py`, the words and numbers of kinds, routes, laws, lines and
parties in `vocabulary.py`. The many (households, networks) stand in arrays and are Mesa agents all
the same (`model_mixin.py`); the few are ordinary Mesa agents. Every rule is a small pure function next to
the parameters it reads: it takes plain numbers, its random numbers among them, and returns plain numbers.
Nothing here imports `simulation` or `scenarios`.
"""
