"""The result version: it changes if and only if results change.

The fingerprint of the sources (`MODEL_VERSION`) changes with every edit. The result version is a digest of
the figures of a probe (`scenarios.reproducibility.probe`), the municipalities and the posterior: renaming a
parameter, a faster loop or an unused parameter do not change it. It is recorded in pages, stores and studies.
"""

import hashlib
from pathlib import Path

import yaml

from agents.compiled import MODEL_VERSION
from simulation.dated_figures import DATA_FOLDER

PROBED = DATA_FOLDER / "probe.yaml"
# Files that runs read and the probe does not: figures of all municipalities, and the posterior.
READ_BESIDE = ("municipalities.csv", "posterior.csv")
DIGITS = 12


def probe_version(path: Path = PROBED, sources: str = MODEL_VERSION) -> str:
    """Return the digest of the committed probe, or "unprobed" and the fingerprint if the sources changed.

    Parameters
    ----------
    path : Path
        File with the digest and the fingerprint of the sources it was computed with.
    sources : str
        Fingerprint of the current sources.
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
        Folder with the files of `READ_BESIDE`; all their lines count except the first, with column names.
    """
    digest = hashlib.sha256(probe.encode())
    for name in READ_BESIDE:
        path = folder / name
        if path.exists():
            digest.update(b"\n".join(path.read_bytes().splitlines()[1:]))
    return digest.hexdigest()[:DIGITS]


RESULT_VERSION = version_of(probe_version())
