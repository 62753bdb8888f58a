"""The result version: it changes when results change, and with nothing else.

The fingerprint of the sources (`MODEL_VERSION`) changes with every edit. A result version is a digest of what
a probe computed (`scenarios.reproducibility.probe`), of the municipalities and of the posterior: a renamed
parameter, a faster loop or a parameter that nothing reads leave it as it is. Pages, stores and studies carry
it.
"""

import hashlib
from pathlib import Path

import yaml

from agents.compiled import MODEL_VERSION
from simulation.dated_figures import DATA_FOLDER

PROBED = DATA_FOLDER / "probe.yaml"
# What a run reads and a probe of one town does not: everybody's figures, and the parameter draws.
READ_BESIDE = ("municipalities.csv", "posterior.csv")
DIGITS = 12


def probe_version(path: Path = PROBED, sources: str = MODEL_VERSION) -> str:
    """Return the digest of the committed probe, or the fingerprint of sources that nobody probed.

    Parameters
    ----------
    path : Path
        File with the digest, and with the fingerprint of the sources it was computed by.
    sources : str
        Fingerprint of the sources of today.
    """
    probed = yaml.safe_load(path.read_text("utf-8"))
    return str(probed["digest"]) if probed["sources"] == sources else f"unprobed {sources}"


def version_of(probe: str, folder: Path = DATA_FOLDER) -> str:
    """Return the result version: twelve hexadecimal digits.

    Parameters
    ----------
    probe : str
        Digest of the probe.
    folder : Path
        Folder with the files of `READ_BESIDE`; of each all lines count but the first, which holds names.
    """
    digest = hashlib.sha256(probe.encode())
    for name in READ_BESIDE:
        path = folder / name
        if path.exists():
            digest.update(b"\n".join(path.read_bytes().splitlines()[1:]))
    return digest.hexdigest()[:DIGITS]


RESULT_VERSION = version_of(probe_version())
